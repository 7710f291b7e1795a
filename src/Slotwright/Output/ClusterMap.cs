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
    public static IRenderable Of(string target, Observation observation)
    {
        var topology = observation.Topology;
        var shards = topology.Shards();
        var rows = new List<IRenderable> { new Markup(Headline(target, observation, shards)) };
        if (!shards.IsEmpty)
        {
            rows.Add(new Text(""));
            rows.Add(new ShardTable(observation, shards));
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
        NodeCell.Of(node, null, topology)
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
        var served = SlotsServed.Of(observation).Count;
        var isDivided = SlotsServed.IsDivided(observation);
        var covered =
            served == HashSlot.Count
                ? $"all {HashSlot.Count} slots served"
                : $"{served} of {HashSlot.Count} slots served";
        covered += isDivided ? ", not one cluster" : "";
        var versions = observation
            .Views.Select(v => v.Report?.Server)
            .OfType<ServerInfo>()
            .Select(s => $"{Product(s.Product)} {s.Version}")
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var zones = ZoneLayout.Of(observation.Topology).Zones.Length;
        var zoneText = zones == 0 ? "zones unknown" : $"{Count(zones, "zone")}";
        var counts = $"{Count(shards.Length, "shard")}, {Count(observation.Topology.Nodes.Length, "node")}, {zoneText}";
        var running = string.Join(", ", versions);
        return $"[bold]{Markup.Escape(target)}[/]  {Markup.Escape(running)}{(running.Length > 0 ? "  " : "")}{counts}, "
            + (served == HashSlot.Count && !isDivided ? $"[green]{covered}[/]" : $"[red]{covered}[/]");
    }

    private static string Product(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
