using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Slotwright.Output;

/// <summary>
/// The shards of a cluster, as wide as there is room: a row a shard and a column a zone where that fits, then without
/// the columns of numbers that matter least, then with the nodes below each other, at last as a list. No slot range
/// and no number is ever broken over two lines.
/// </summary>
internal sealed class ShardTable(Observation observation, ImmutableArray<Shard> shards) : Renderable
{
    private const int MostZoneColumns = 6;
    private const int AnyWidth = 10_000;

    /// <summary>From the most important on.</summary>
    private static readonly string[] Numbers = ["MEMORY", "KEYS", "OPS/S", "OFFSET"];

    /// <summary>As they stand beside each other.</summary>
    private static readonly string[] Order = ["OFFSET", "KEYS", "MEMORY", "OPS/S"];

    private readonly Topology _topology = observation.Topology;
    private readonly ImmutableArray<string> _zones = ZoneLayout.Of(observation.Topology).Zones;

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        Fitting(options, maxWidth).Render(options, maxWidth);

    private IRenderable Fitting(RenderOptions options, int maxWidth)
    {
        foreach (var shape in ShardTableShape.From(HasZoneColumns, Numbers.Length))
        {
            IRenderable table = Table(shape);
            if (table.Measure(options, AnyWidth).Max <= maxWidth)
            {
                return shape.IsBrief && shards.Any(s => s.Replicas.Any(r => NodeCell.IsInSync(r, s.Primary)))
                    ? new Rows(table, new Markup($"[green]{NodeCell.InSyncMark}[/] [dim]in sync[/]"))
                    : table;
            }
        }
        return List();
    }

    private bool HasZoneColumns =>
        _zones.Length is > 0 and <= MostZoneColumns
        && shards.SelectMany(s => s.Nodes).All(n => _topology.ZoneOf(n) is not null);

    private Table Table(ShardTableShape shape)
    {
        string[] columns = shape.ByZone ? [.. _zones] : ["NODES"];
        string[] numbers = [.. Order.Where(n => Array.IndexOf(Numbers, n) < shape.Numbers)];
        var table = new Table().Border(TableBorder.None).Collapse();
        table.AddColumn(new TableColumn("SLOTS").NoWrap());
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)).PadRight(3).NoWrap());
        }
        foreach (var name in numbers)
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }
        foreach (var shard in shards)
        {
            var cells = columns.Select(c => new Markup(
                string.Join(
                    '\n',
                    shard
                        .Nodes.Where(n => !shape.ByZone || _topology.ZoneOf(n) == c)
                        .Select(n => NodeCell.Of(n, shard.Primary, _topology, !shape.ByZone, shape.IsBrief))
                )
            ));
            table.AddRow([
                new Text(SlotText(shard.Slots, ",")),
                .. cells,
                .. numbers.Select(n => new Text(Number(n, shard))),
            ]);
        }
        return table;
    }

    private Rows List() =>
        new(
            shards.SelectMany(s =>
                s.Nodes.Select(n => new Markup($"  {NodeCell.Of(n, s.Primary, _topology, withZone: true)}"))
                    .Prepend(new Markup(SlotText(s.Slots, ", ")))
            )
        );

    private string Number(string column, Shard shard)
    {
        var server = observation.ReportOf(shard.Primary.Id)?.Server;
        return column switch
        {
            "OFFSET" => shard.Primary.Offset.ToString(),
            "KEYS" => shard.Primary.Keys.ToString(),
            "MEMORY" => server is null ? "-" : MemoryText(server),
            _ => server is null ? "-" : server.OpsPerSecond.ToString(),
        };
    }

    private static string MemoryText(ServerInfo server) =>
        server.MaxMemory > 0
            ? $"{Sizes.Of(server.UsedMemory)}/{Sizes.Of(server.MaxMemory)}"
            : Sizes.Of(server.UsedMemory);

    private static string SlotText(SlotSet slots, string separator) =>
        slots.Ranges.Length <= 3
            ? string.Join(separator, slots.Ranges)
            : $"{string.Join(separator, slots.Ranges.Take(3))} and {slots.Ranges.Length - 3} more ranges";
}
