using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;

namespace Slotwright.Core.Drills;

/// <summary>Chooses whom a drill hurts: a pure function of the topology, so that a drill is done again as it was.</summary>
public static class DrillPlanner
{
    /// <exception cref="RefusedException">There is nobody whom it could hurt.</exception>
    public static DrillPlan Plan(DrillKind kind, Topology topology, DrillTimes times)
    {
        var shards = DrillShard.Of(topology);
        var (victims, zone) = kind switch
        {
            DrillKind.KillReplica => ([Replica(shards)], null),
            DrillKind.ZoneOutage => Zone(topology, shards),
            DrillKind.RollingRestart or DrillKind.Upgrade or DrillKind.WholeRestart => (
                [.. topology.Members.Values.OrderBy(m => m.Ordinal).Select(m => m.Name)],
                null
            ),
            _ => ([Primary(shards)], (string?)null),
        };
        return new DrillPlan(kind, victims, zone, shards, times, shards.All(s => s.Replicas.IsEmpty) ? 0 : 1);
    }

    /// <summary>Of the first shard that has a replica; where none has, of the first.</summary>
    private static string Primary(ImmutableArray<DrillShard> shards) =>
        (shards.FirstOrDefault(s => !s.Replicas.IsEmpty) ?? shards[0]).Primary;

    private static string Replica(ImmutableArray<DrillShard> shards) =>
        shards.FirstOrDefault(s => !s.Replicas.IsEmpty)?.Replicas[0]
        ?? throw Refuse(
            DrillKind.KillReplica,
            "no shard has a replica",
            "there is none to kill",
            "bring up a cluster with replicas"
        );

    /// <summary>The zone with the fewest primaries, but one at least: nothing is learnt where nobody has to take over.</summary>
    private static (ImmutableArray<string> Members, string? Zone) Zone(
        Topology topology,
        ImmutableArray<DrillShard> shards
    )
    {
        var zones = topology
            .Members.Values.GroupBy(m => m.Zone ?? "", StringComparer.Ordinal)
            .Select(g => (Name: g.Key, Members: g.OrderBy(m => m.Ordinal).Select(m => m.Name).ToImmutableArray()))
            .Select(z =>
                (z.Name, z.Members, Primaries: shards.Count(s => z.Members.Contains(s.Primary, StringComparer.Ordinal)))
            )
            .OrderBy(z => z.Name, StringComparer.Ordinal)
            .ToArray();
        if (zones.Length < 2 || zones.Any(z => z.Name.Length == 0))
        {
            throw Refuse(
                DrillKind.ZoneOutage,
                zones.Length < 2 ? "all its members are in one zone" : "the zone of some members is not known",
                "the outage of a zone can't be told from that of all",
                "bring up a cluster with --zones 3, or name the zones of its members"
            );
        }
        var (name, members, _) = zones.Where(z => z.Primaries > 0).MinBy(z => z.Primaries);
        return (members, name);
    }

    private static RefusedException Refuse(DrillKind kind, string what, string why, string remedy) =>
        new($"drill {kind.Name()}", new Finding("drill-impossible", Verdict.Failed, "cluster", what, why, remedy));
}
