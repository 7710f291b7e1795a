using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Failover;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Scale;

/// <summary>
/// From a cluster to a larger or smaller one, with the fewest slots moved. New members join and replicate while they are
/// empty; members leave once they have nothing that anybody needs. The highest ordinals leave.
/// </summary>
public static class ScalePlanner
{
    public const string Operation = "scale";

    /// <exception cref="RefusedException">It is not safe as the cluster stands: all that is in the way.</exception>
    public static Plan Plan(Observation observation, ScaleWish wish)
    {
        var there = observation.Topology.Members;
        var missing = wish with
        {
            New = wish.New.RemoveAll(m => there.ContainsKey(m.Name)),
            LeftVolumes = wish.LeftVolumes.RemoveAll(there.ContainsKey),
        };
        return OpenMoves.Before(observation, topology => Plan(topology, observation, missing));
    }

    private static Plan Plan(Topology topology, Observation observation, ScaleWish wish)
    {
        Demand(ScaleRefusals.Of(topology, wish));
        var (replicas, members) = (wish.Shape.ReplicasPerPrimary, wish.Shape.Members);
        var stages = new StageChain(topology);
        stages.Add("Add members", Additions(topology, wish));
        stages.Add("Join", Meetings(stages.Topology, members));
        var staying = ShardsThatStay.Choose(topology, wish.Shape.Primaries, members);
        Demand([.. staying.Stuck.Select(s => ScaleRefusals.Stuck(s, members))]);
        stages.AddRange(HandOvers(staying, stages.Topology));
        var outcome = Best(stages.Topology, staying, wish.Shape);
        if (wish.Shape.Primaries < topology.Shards().Length && !wish.IgnoresMemory)
        {
            Demand(IncomingData.Refusals(outcome.Moves, observation));
        }
        stages.Add(
            "Replicate",
            Replications(stages.Topology, outcome, n => n is { IsPrimary: true, Slots.IsEmpty: true })
        );
        stages.AddRange(SlotMoveStages.Of(outcome.Moves, stages.Topology, "Move slots", Why));
        stages.Add("Replicate", Replications(stages.Topology, outcome, _ => true));
        ImmutableArray<Member> leaving =
        [
            .. topology.Members.Values.Where(m => m.Ordinal >= members).OrderBy(m => m.Ordinal),
        ];
        stages.Add("Forget", Forgotten(stages.Topology, leaving));
        stages.Add("Remove members", Removals(leaving, wish));
        var plan = new Plan(Operation, stages.Build(), []);
        return LayoutInvariants.NotWorse(topology, plan.Outcome(topology)).Any()
            ? plan with
            {
                RestoredBy = "slotwright restore-layout",
            }
            : plan;

        string Why(SlotMove move) =>
            outcome.Topology.Find(move.From) is { Slots.IsEmpty: false } giver
                ? $"{giver.Label} owns more than its share"
                : "its shard goes";
    }

    private static IEnumerable<Step> Additions(Topology topology, ScaleWish wish)
    {
        ImmutableArray<Member> added =
        [
            .. topology
                .Members.Values.Where(m => m.Ordinal < wish.Shape.Members && topology.NodeOf(m.Name) is null)
                .Concat(wish.New)
                .OrderBy(m => m.Ordinal),
        ];
        return added.IsEmpty
            ? []
            :
            [
                new AddMembers(added, wish.Shape)
                {
                    Discard = wish.InheritedVolumes.IsEmpty ? null : wish.Discard,
                    Reason = $"{wish.Shape.Primaries} shards of {wish.Shape.ReplicasPerPrimary + 1} members each",
                },
            ];
    }

    private static IEnumerable<Step> Meetings(Topology topology, int members)
    {
        var hub = topology.Voters.First(v => v is { Reachable: true, Joined: true, Member: not null });
        return topology
            .Members.Values.Where(m => m.Ordinal < members)
            .OrderBy(m => m.Ordinal)
            .Select(m => topology.NodeOf(m.Name))
            .OfType<Node>()
            .Where(n => n.Alone || !n.Joined)
            .Select(n => new Meet(n.Member!, n.Id, hub.Member!, hub.Id) { Reason = "it is new" });
    }

    private static ImmutableArray<Stage> HandOvers(ShardsThatStay staying, Topology topology) =>
        HandOverStages.Of(
            Operation,
            staying
                .Stay.Where(s => s.Primary.Id != s.Shard.Primary.Id)
                .Select(s => HandOverStages.Planned(s.Primary, s.Shard.Primary, "its shard stays, and it does")),
            topology
        );

    private static Outcome Best(Topology topology, ShardsThatStay staying, ClusterShape shape)
    {
        ImmutableArray<Node> stay = [.. staying.Stay.Select(s => topology.Find(s.Primary.Id)!)];
        ImmutableArray<Node> empty =
        [
            .. topology
                .Primaries.Where(n => n is { Slots.IsEmpty: true, Keys: 0, Joined: true, Member: not null })
                .Where(n => topology.Members.TryGetValue(n.Member!, out var m) && m.Ordinal < shape.Members)
                .OrderBy(n => topology.Members[n.Member!].Ordinal),
        ];
        var count = Math.Max(0, shape.Primaries - stay.Length);
        if (empty.Length < count)
        {
            Demand([ScaleRefusals.TwoWays(stay.Length, shape)]);
        }
        return NewPrimaries
            .Ways(topology, empty, count, shape.ReplicasPerPrimary)
            .Select(w => Outcome.Of(topology, [.. stay, .. w], shape.ReplicasPerPrimary, shape.Members))
            .MinBy(o => LayoutDebt.Of(o.Topology))!;
    }

    private static IEnumerable<Step> Replications(Topology topology, Outcome outcome, Func<Node, bool> isMeant) =>
        from home in outcome.Homes
        let node = topology.NodeOf(home.Key)!
        where node.Primary != home.Value.Id && isMeant(node)
        orderby topology.Members[home.Key].Ordinal
        select new Replicate(home.Key, node.Id, home.Value.Label, home.Value.Id)
        {
            GivesUpCopy = node.Keys > 0,
            Reason =
                node.Keys > 0
                    ? "its shard has more replicas than it needs"
                    : $"in zone {topology.ZoneOf(node) ?? "unknown"}",
        };

    private static IEnumerable<Step> Forgotten(Topology topology, ImmutableArray<Member> leaving)
    {
        ImmutableArray<NamedNode> nodes =
        [
            .. leaving
                .Select(m => topology.NodeOf(m.Name))
                .Concat(
                    topology.Nodes.Where(n =>
                        n is { Member: null, Reachable: false, Slots.IsEmpty: true, Failed: true }
                    )
                )
                .OfType<Node>()
                .Select(NamedNode.Of),
        ];
        return nodes.IsEmpty ? [] : [new Forget(nodes) { Reason = "nobody needs what it has" }];
    }

    private static IEnumerable<Step> Removals(ImmutableArray<Member> leaving, ScaleWish wish)
    {
        var deletes = wish.Discard == VolumeDiscard.Delete;
        ImmutableArray<string> orphans = deletes ? wish.OrphanedVolumes : [];
        return leaving.IsEmpty && orphans.IsEmpty
            ? []
            :
            [
                new RemoveMembers([.. leaving.Select(m => m.Name)], wish.Shape)
                {
                    DeletesVolumes = deletes,
                    Orphans = orphans.IsEmpty ? null : orphans,
                    Reason = leaving.IsEmpty
                        ? "no member has them"
                        : $"{wish.Shape.Primaries} shards of {wish.Shape.ReplicasPerPrimary + 1} members each",
                },
            ];
    }

    private static void Demand(ImmutableArray<Finding> refusals)
    {
        if (!refusals.IsEmpty)
        {
            throw new RefusedException(Operation, [.. refusals]);
        }
    }
}
