using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Health;

/// <summary>
/// Which single failures a cluster survives by itself: afterwards every shard has an in-sync node, and where a primary
/// is to be replaced, a majority of primaries is left to elect.
/// </summary>
/// <param name="Down">What is lost to clients already, so that nothing more is judged; null where all is served.</param>
/// <param name="Nodes">Nodes whose loss it would not survive, with the reason.</param>
/// <param name="Zones">Zones whose loss it would not survive, with the reason; null where not all zones are known.</param>
public sealed record Survival(
    string? Down,
    ImmutableSortedDictionary<string, string> Nodes,
    ImmutableSortedDictionary<string, string>? Zones
)
{
    public static Survival Of(Topology topology)
    {
        var shards = topology.Shards();
        if (AlreadyDown(topology, shards) is { } down)
        {
            return new Survival(down, Losses([]), null);
        }
        var nodes = shards.SelectMany(s => s.Nodes).ToArray();
        var byZone = nodes.GroupBy(n => topology.ZoneOf(n) ?? "", StringComparer.Ordinal).ToArray();
        return new Survival(
            null,
            Losses(nodes.Select(n => (n.Label, WhyLost(shards, [n])))),
            byZone.Any(z => z.Key.Length == 0) ? null : Losses(byZone.Select(z => (z.Key, WhyLost(shards, [.. z]))))
        );
    }

    /// <summary>One sentence for people.</summary>
    public string Sentence()
    {
        if (Down is not null)
        {
            return $"It is not whole now, and which failures it would survive can't be said: {Down}.";
        }
        string[] survived =
        [
            .. Nodes.IsEmpty ? ["of any one node"] : Array.Empty<string>(),
            .. Zones is { IsEmpty: true } ? ["of any one zone"] : Array.Empty<string>(),
        ];
        string[] lost = [.. Lost("node", Nodes), .. Zones is null ? [] : Lost("zone", Zones)];
        var text =
            survived.Length == 0 ? "It does not survive " + string.Join(", nor ", lost)
            : lost.Length == 0 ? $"It survives the loss {string.Join(" and ", survived)}"
            : $"It survives the loss {string.Join(" and ", survived)}, but not {string.Join(", nor ", lost)}";
        return Zones is null ? $"{text}; zones are not known well enough to say more." : $"{text}.";
    }

    private static ImmutableSortedDictionary<string, string> Losses(IEnumerable<(string Name, string? Why)> losses) =>
        losses
            .Where(l => l.Why is not null)
            .DistinctBy(l => l.Name, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(l => l.Name, l => l.Why!, StringComparer.Ordinal);

    /// <summary>By reason; where there are many reasons, the first stands for all.</summary>
    private static IEnumerable<string> Lost(string kind, ImmutableSortedDictionary<string, string> lost)
    {
        var reasons = lost.GroupBy(l => l.Value, l => l.Key, StringComparer.Ordinal).ToArray();
        return reasons.Length > 2
            ? [$"the loss of {kind} {Names([.. lost.Keys])} (for one, {lost.Values.First()})"]
            : reasons.Select(g => $"the loss of {kind} {Names([.. g])} ({g.Key})");
    }

    private static string Names(string[] names) =>
        names.Length > 4
            ? $"{string.Join(", ", names.Take(3))} and {names.Length - 3} more"
            : string.Join(" or ", names);

    private static string? AlreadyDown(Topology topology, ImmutableArray<Shard> shards)
    {
        var nobody = SlotSet.All.Except(topology.Covered());
        return shards.IsEmpty ? "no slot has an owner"
            : nobody.IsEmpty
                ? shards.FirstOrDefault(s => !IsServer(s.Primary)) is { } dead
                        ? $"{dead.Primary.Label}, which owns slots {dead.Slots}, {(dead.Primary.Reachable ? "is marked failed" : "does not answer")}"
                    : shards.FirstOrDefault(s => !s.Primary.Joined) is { } apart
                        ? $"{apart.Primary.Label}, which owns slots {apart.Slots}, is not known to all"
                    : null
            : $"slots {nobody} have no owner";
    }

    private static string? WhyLost(ImmutableArray<Shard> shards, ImmutableArray<Node> lost)
    {
        bool IsLeft(Node n) => IsServer(n) && !lost.Any(l => l.Id == n.Id);

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

    private static bool IsServer(Node node) => node is { Reachable: true, Failed: false };
}
