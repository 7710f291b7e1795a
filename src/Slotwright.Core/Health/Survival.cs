using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Health;

/// <summary>
/// Which single failures a cluster survives by itself: afterwards every shard has an in-sync node, and where a primary
/// is to be replaced, a majority of primaries is left to elect.
/// </summary>
/// <param name="Nodes">Nodes whose loss it would not survive, with the reason.</param>
/// <param name="Zones">Zones whose loss it would not survive, with the reason; null where no two zones are known.</param>
public sealed record Survival(
    ImmutableSortedDictionary<string, string> Nodes,
    ImmutableSortedDictionary<string, string>? Zones
)
{
    public static Survival Of(Topology topology)
    {
        var shards = topology.Shards();
        var nodes = shards
            .SelectMany(s => s.Nodes)
            .Select(n => (n.Label, Why: WhyLost(shards, [n])))
            .Where(n => n.Why is not null)
            .DistinctBy(n => n.Label, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(n => n.Label, n => n.Why!, StringComparer.Ordinal);
        var byZone = shards
            .SelectMany(s => s.Nodes)
            .GroupBy(n => topology.ZoneOf(n) ?? "", StringComparer.Ordinal)
            .ToArray();
        var zones =
            byZone.Length < 2 || byZone.Any(z => z.Key.Length == 0)
                ? null
                : byZone
                    .Select(z => (z.Key, Why: WhyLost(shards, [.. z])))
                    .Where(z => z.Why is not null)
                    .ToImmutableSortedDictionary(z => z.Key, z => z.Why!, StringComparer.Ordinal);
        return new Survival(nodes, zones);
    }

    /// <summary>One sentence for people.</summary>
    public string Sentence()
    {
        var nodes = Nodes.IsEmpty ? "the loss of any one node" : null;
        var zones = Zones is { IsEmpty: true } ? "of any one zone" : null;
        var kept = (nodes, zones) switch
        {
            (not null, not null) => "It survives the loss of any one node and of any one zone",
            (not null, null) => "It survives the loss of any one node",
            (null, not null) => "It survives the loss of any one zone",
            _ => null,
        };
        string[] lost = [.. Lost("node", Nodes), .. Zones is null ? [] : Lost("zone", Zones)];
        var text =
            kept is null ? "It does not survive " + string.Join(", nor ", lost)
            : lost.Length == 0 ? kept
            : $"{kept}, but not {string.Join(", nor ", lost)}";
        return Zones is null ? $"{text}; zones are not known well enough to say more." : $"{text}.";
    }

    private static IEnumerable<string> Lost(string kind, ImmutableSortedDictionary<string, string> lost) =>
        lost.GroupBy(l => l.Value, l => l.Key, StringComparer.Ordinal)
            .Select(g => $"the loss of {kind} {Names([.. g])} ({g.Key})");

    private static string Names(string[] names) =>
        names.Length > 4
            ? $"{string.Join(", ", names.Take(3))} and {names.Length - 3} more"
            : string.Join(" or ", names);

    private static string? WhyLost(ImmutableArray<Shard> shards, ImmutableArray<Node> lost)
    {
        bool IsLeft(Node n) => n is { Reachable: true, Failed: false } && !lost.Any(l => l.Id == n.Id);

        var gone = shards
            .Where(s => !IsLeft(s.Primary) && !s.Replicas.Any(r => IsLeft(r) && r.Link == LinkState.InSync))
            .ToArray();
        if (gone.Length > 0)
        {
            return gone.Length == 1
                ? $"nobody else in sync has slots {gone[0].Slots}"
                : $"nobody else in sync has the slots of {gone.Length} shards";
        }
        var left = shards.Count(s => IsLeft(s.Primary));
        return left == shards.Length || left > shards.Length / 2
            ? null
            : $"{left} of {shards.Length} primaries would be left, no majority to elect";
    }
}
