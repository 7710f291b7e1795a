using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Repair;

/// <summary>
/// Mends what crashes leave behind. Slots come first, each decided by where its keys are; then nodes that are gone are
/// forgotten, and members that stand apart join. What no evidence decides is left as it is, and said.
/// </summary>
public static class RepairPlanner
{
    public const string Operation = "repair";

    /// <returns>With a note for each thing that a person has to decide.</returns>
    /// <exception cref="RefusedException">Something is amiss, and nothing of it can be mended without a person.</exception>
    public static Plan Plan(RepairSight sight)
    {
        var before = sight.Topology;
        if (before.Shards().IsEmpty)
        {
            throw new RefusedException(Operation, NoCluster);
        }
        var stages = new StageChain(before);
        stages.Add("Make known", Meetings.OfForgotten(sight.Seen));
        sight = sight.After(stages.Topology);
        var topology = sight.Topology;
        var slots = SlotRepairs.Of(sight);
        var leftovers = Leftovers.Of(sight.Seen);
        var wanted = sight.ReplicasWanted ?? Math.Max(0, (topology.Members.Count / topology.Shards().Length) - 1);
        foreach (var (stage, steps) in slots.Stages)
        {
            stages.Add(stage.Title(), steps);
        }
        stages.AddRange(Migrations(sight, stages.Topology));
        stages.Add("Replicate", Attachments.OfOrphans(leftovers, stages.Topology, wanted));
        stages.Add("Forget", Forgotten(leftovers, stages.Topology));
        stages.Add("Join", Meetings.OfNew(stages.Topology));
        stages.Add("Replicate", Attachments.OfEmpty(sight.Seen, stages.Topology, wanted));
        var plan = new Plan(Operation, stages.Build(), [.. slots.Troubles, .. NodeTroubles.Of(topology, leftovers)]);
        if (plan.IsEmpty && !plan.Notes.IsEmpty)
        {
            throw new RefusedException(Operation, [.. plan.Notes]);
        }
        return LayoutInvariants.NotWorse(before, plan.Outcome(before)).Any()
            ? plan with
            {
                RestoredBy = "slotwright restore-layout",
            }
            : plan;
    }

    /// <summary>The servers go on by themselves: the step waits, and moves what is left where they have given up.</summary>
    private static ImmutableArray<Stage> Migrations(RepairSight sight, Topology topology) =>
        SlotMoveStages.Of(
            sight.Migrations,
            topology,
            "See migrations to their end",
            _ => "the servers have begun it, and go on by themselves"
        );

    /// <summary>A replica can't forget its primary: one that still has some is kept until they follow another.</summary>
    private static IEnumerable<Step> Forgotten(Leftovers leftovers, Topology topology)
    {
        ImmutableArray<NamedNode> gone =
        [
            .. topology
                .Nodes.Where(n => leftovers.Has(n.Id) && !topology.Nodes.Any(r => r.Primary == n.Id && r.Reachable))
                .Select(NamedNode.Of),
        ];
        return gone.IsEmpty
            ? []
            : [new Forget(gone) { Reason = "no member holds it any more, it has failed, and it owns no slot" }];
    }

    private static Finding NoCluster =>
        new(
            "slots-uncovered",
            Verdict.Failed,
            "cluster",
            "no slot has an owner",
            "where no cluster stands there is nothing to mend",
            "slotwright bootstrap forms one of empty members; where one stood, start its members first"
        );
}
