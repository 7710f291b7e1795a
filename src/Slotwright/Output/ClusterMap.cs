using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Slotwright.Output;

/// <summary>The map of a cluster: a row a shard, a column a zone.</summary>
internal static class ClusterMap
{
    private const int MostZoneColumns = 6;
    private const string NoZone = "NODES";

    public static IRenderable Of(string target, Observation observation)
    {
        var topology = observation.Topology;
        var shards = topology.Shards();
        var rows = new List<IRenderable> { new Markup(Headline(target, observation, shards)) };
        if (!shards.IsEmpty)
        {
            rows.Add(new Text(""));
            rows.Add(Table(observation, shards));
        }
        var outside = topology.Nodes.Where(n => !shards.SelectMany(s => s.Nodes).Any(m => m.Id == n.Id)).ToArray();
        if (outside.Length > 0)
        {
            rows.Add(new Text(""));
            rows.AddRange(outside.Select(n => new Markup(Outside(n, topology))));
        }
        if (observation.Views.Any(v => v.Report is null) || !observation.Disagreements.IsEmpty)
        {
            rows.Add(new Text(""));
        }
        rows.AddRange(
            observation
                .Views.Where(v => v.Report is null)
                .Select(v => new Markup($"[red]✗[/] {Markup.Escape($"{v.Label}: {v.Unreachable}")}"))
        );
        rows.AddRange(observation.Disagreements.Select(FindingLine));
        return new Rows(rows);
    }

    private static string Outside(Node node, Topology topology) =>
        Cell(node, null, topology)
        + node switch
        {
            { Member: null } => "",
            { Alone: true } => " [dim]has not joined[/]",
            { IsPrimary: true } => " [dim]without slots[/]",
            _ => " [dim]of a primary without slots[/]",
        };

    private static Markup FindingLine(Finding finding) =>
        new($"[yellow]![/] {Markup.Escape($"{finding.Subject}: {finding.What}")}");

    private static string Headline(string target, Observation observation, ImmutableArray<Shard> shards)
    {
        var alive = SlotSet.Union(shards.Where(s => s.Primary.Reachable).Select(s => s.Slots)).Count;
        var covered =
            alive == HashSlot.Count
                ? $"all {HashSlot.Count} slots served"
                : $"{alive} of {HashSlot.Count} slots served";
        var versions = observation
            .Views.Select(v => v.Report?.Server)
            .OfType<ServerInfo>()
            .Select(s => $"{Product(s.Product)} {s.Version}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var zones = ZoneLayout.Of(observation.Topology).Zones.Length;
        var zoneText = zones == 0 ? "zones unknown" : $"{Count(zones, "zone")}";
        var counts = $"{Count(shards.Length, "shard")}, {Count(observation.Topology.Nodes.Length, "node")}, {zoneText}";
        return $"[bold]{Markup.Escape(target)}[/]  {Markup.Escape(string.Join(", ", versions))}  {counts}, "
            + (alive == HashSlot.Count ? $"[green]{covered}[/]" : $"[red]{covered}[/]");
    }

    private static Table Table(Observation observation, ImmutableArray<Shard> shards)
    {
        var topology = observation.Topology;
        var zones = ZoneLayout.Of(topology).Zones;
        var byZone =
            zones.Length is > 0 and <= MostZoneColumns
            && shards.SelectMany(s => s.Nodes).All(n => topology.ZoneOf(n) is not null);
        string[] columns = byZone ? [.. zones] : [NoZone];
        var table = new Table().Border(TableBorder.None).Collapse();
        table.AddColumn("SLOTS");
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)).PadRight(3));
        }
        foreach (var name in new[] { "OFFSET", "KEYS", "MEMORY", "OPS/S" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }
        foreach (var shard in shards)
        {
            var server = observation.ReportOf(shard.Primary.Id)?.Server;
            IEnumerable<IRenderable> cells = columns.Select(c => new Markup(
                string.Join(
                    '\n',
                    shard
                        .Nodes.Where(n => !byZone || topology.ZoneOf(n) == c)
                        .Select(n => Cell(n, shard.Primary, topology, withZone: !byZone))
                )
            ));
            table.AddRow([
                new Text(SlotText(shard.Slots)),
                .. cells,
                new Text(shard.Primary.Offset.ToString()),
                new Text(shard.Primary.Keys.ToString()),
                new Text(server is null ? "-" : MemoryText(server)),
                new Text(server is null ? "-" : server.OpsPerSecond.ToString()),
            ]);
        }
        return table;
    }

    private static string Cell(Node node, Node? primary, Topology topology, bool withZone = false)
    {
        var zone = withZone && topology.ZoneOf(node) is { } z ? $" [dim]{Markup.Escape(z)}[/]" : "";
        var name = Markup.Escape(node.Label);
        if (node.Member is null)
        {
            return $"[yellow]?[/] {name} [dim]{node.Id.Short}, held by no member[/]";
        }
        if (!node.Reachable || node.Failed)
        {
            return $"[red]✗ {name} {(node.Reachable ? "failed" : "down")}[/]{zone}";
        }
        if (node.IsPrimary)
        {
            return $"[green]●[/] [bold]{name}[/]{zone}";
        }
        var lag = primary is { Reachable: true } ? Math.Max(0, primary.Offset - node.Offset) : 0;
        var link = node.Link switch
        {
            LinkState.InSync when lag == 0 => "[dim]in sync[/]",
            LinkState.InSync => $"[dim]{Sizes.Of(lag)} behind[/]",
            LinkState.Syncing => "[yellow]syncing[/]",
            _ => "[red]link down[/]",
        };
        return $"○ {name} {link}{zone}";
    }

    private static string MemoryText(ServerInfo server) =>
        server.MaxMemory > 0
            ? $"{Sizes.Of(server.UsedMemory)}/{Sizes.Of(server.MaxMemory)}"
            : Sizes.Of(server.UsedMemory);

    private static string SlotText(SlotSet slots) =>
        slots.Ranges.Length <= 3
            ? slots.ToString()
            : $"{string.Join(',', slots.Ranges.Take(3))} and {slots.Ranges.Length - 3} more ranges";

    private static string Product(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
