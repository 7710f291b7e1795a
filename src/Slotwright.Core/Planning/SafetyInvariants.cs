using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning;

/// <summary>What must hold at every moment of every plan. Each answer is a violation that was not there before.</summary>
public static class SafetyInvariants
{
    /// <summary>What one step may not do to the topology in front of it, whatever else runs.</summary>
    public static IEnumerable<Finding> OfStep(Step step, Topology before)
    {
        foreach (var erased in step.Erases(before).Select(before.Find).OfType<Node>())
        {
            if (erased.Keys > 0 && !IsCopiedAgain(step, before))
            {
                yield return Broken(
                    "data-erased",
                    erased.Label,
                    $"'{step.Describe()}' throws away the {erased.Keys} keys that it holds",
                    "a node that holds data is never flushed without an explicit word"
                );
            }
            if (!erased.Slots.IsEmpty)
            {
                yield return Broken(
                    "owner-erased",
                    erased.Label,
                    $"'{step.Describe()}' takes the data of slots {erased.Slots} from their owner",
                    "the owner of a slot holds the only data that counts"
                );
            }
        }
        var further = step switch
        {
            Meet meet => OfMeeting(meet, before),
            Replicate replicate => OfReplicating(replicate, before),
            HandOver over => HandOverRules.Of(over, before),
            AssignLostSlots assign => RecoveryRules.Of(assign, before),
            LetStart start => RecoveryRules.Of(start, before),
            MoveSlots move => SlotMoveRules.Of(move, before),
            RestartMember restart => RestartRules.Of(restart, before),
            Forget forget => DepartureRules.Of(forget, before),
            RemoveMembers remove => DepartureRules.Of(remove, before),
            AssignSlots assign => RepairRules.Of(assign, before),
            CloseSlots close => RepairRules.Of(close, before),
            GatherKeys gather => RepairRules.Of(gather, before),
            RaiseEpoch raise => RepairRules.Of(raise, before),
            _ => [],
        };
        foreach (var finding in further)
        {
            yield return finding;
        }
    }

    /// <summary>What the steps of one stage, which may run in any order, may not do together.</summary>
    public static IEnumerable<Finding> OfStage(Stage stage, Topology before)
    {
        var touched = new HashSet<NodeId>();
        foreach (var step in stage.Steps)
        {
            if (ShardTouched(step, before) is { } primary && !touched.Add(primary))
            {
                yield return Broken(
                    "shard-twice",
                    before.Find(primary)?.Label ?? primary.Short,
                    $"'{stage.Title}' does two things to its shard at the same time",
                    "a shard whose roles change, or that misses a member, is left alone until that is over"
                );
            }
        }
    }

    /// <summary>What may not have become worse between two moments.</summary>
    /// <param name="moment">When, for people: <c>after 'Join'</c>.</param>
    /// <param name="away">Slots that somebody has said may be served by nobody then.</param>
    public static IEnumerable<Finding> OfMoment(Topology before, Topology then, string moment, SlotSet away)
    {
        foreach (var (node, twice) in OwnedTwice(then))
        {
            yield return Broken("slot-owned-twice", node.Label, $"{moment} slots {twice} have two owners", OneOwner);
        }
        var lost = before.Covered().Except(then.Covered());
        if (!lost.IsEmpty)
        {
            yield return Broken("slot-lost", $"slots {lost}", $"{moment} nobody owns them", OneOwner);
        }
        foreach (var replica in then.Nodes.Where(n => !n.IsPrimary && !n.Slots.IsEmpty))
        {
            yield return Broken(
                "slots-on-replica",
                replica.Label,
                $"{moment} slots {replica.Slots} belong to a replica",
                OneOwner
            );
        }
        var gone = Served(before).Except(Served(then)).Except(lost).Except(away);
        if (!gone.IsEmpty)
        {
            yield return Broken(
                "shard-gone",
                $"slots {gone}",
                $"{moment} no member is left that has their data",
                "no step takes a member away from a shard that has no other in-sync member"
            );
        }
        if (before.HasQuorum() && !then.HasQuorum())
        {
            yield return Broken(
                "quorum-lost",
                "cluster",
                $"{moment} only {then.Voters.Count(v => v.Reachable)} of {then.Voters.Count()} primaries are up",
                "without a majority of primaries nobody is elected"
            );
        }
    }

    /// <returns>Which slots of a node one before it has too.</returns>
    private static IEnumerable<(Node Node, SlotSet Slots)> OwnedTwice(Topology topology)
    {
        var all = SlotSet.Union(topology.Nodes.Select(n => n.Slots));
        if (all.Count == topology.Nodes.Sum(n => n.Slots.Count))
        {
            yield break;
        }
        var owned = SlotSet.Empty;
        foreach (var node in topology.Nodes)
        {
            var twice = node.Slots.Intersect(owned);
            if (!twice.IsEmpty)
            {
                yield return (node, twice);
            }
            owned = owned.Union(node.Slots);
        }
    }

    /// <summary>The word for it was given, and another member has the same data: of a restart, RestartRules looks for it.</summary>
    private static bool IsCopiedAgain(Step step, Topology before) =>
        step is RestartMember { StartsEmpty: true }
        || (
            step is Replicate { GivesUpCopy: true } replicate
            && before.Find(replicate.Node)?.Primary is { } primary
            && before.Find(primary) is { IsPrimary: true, Reachable: true, Failed: false }
        );

    private const string OneOwner = "every slot is owned by exactly one primary";

    /// <summary>Slots whose data a member has that runs.</summary>
    private static SlotSet Served(Topology topology) =>
        SlotSet.Union(topology.Primaries.Where(p => HasServer(topology, p)).Select(p => p.Slots));

    private static bool HasServer(Topology topology, Node primary) =>
        primary.Reachable
        || topology.Nodes.Any(n => n.Primary == primary.Id && n is { Reachable: true, Link: LinkState.InSync });

    /// <returns>The primary of the shard whose roles or members a step changes; null for other steps.</returns>
    private static NodeId? ShardTouched(Step step, Topology before) =>
        step switch
        {
            HandOver over => over.From,
            AssignLostSlots assign => assign.From,
            LetStart start => before.Find(start.Node)?.Primary ?? start.Node,
            RestartMember restart => before.Find(restart.Node)?.Primary ?? restart.Node,
            _ => null,
        };

    /// <summary>Both are told of each other, so both have to be what they are thought to be.</summary>
    private static IEnumerable<Finding> OfMeeting(Meet meet, Topology before) =>
        OfMet(meet.Member, meet.Node, before).Concat(OfMet(meet.Via, meet.ViaNode, before));

    private static IEnumerable<Finding> OfMet(string member, NodeId id, Topology before)
    {
        const string why =
            "clusters never merge: nobody is told to meet an address unless the node behind it was asked";
        var node = before.Find(id);
        if (node is null || !node.Reachable)
        {
            yield return Broken("met-unasked", member, "it has not said who it is", why);
        }
        else if (node.Member != member || !before.Members.ContainsKey(member))
        {
            yield return Broken("met-stranger", member, $"{node.Id.Short} is no member by that name", why);
        }
        else if (node.SeesForeign)
        {
            yield return Broken("met-foreign", member, "it knows nodes that are no members", why);
        }
        else if ((node.Apart || node.Alone) && node.Keys > 0)
        {
            yield return Broken("met-data", member, $"it holds {node.Keys} keys and is not known to the cluster", why);
        }
    }

    private static IEnumerable<Finding> OfReplicating(Replicate step, Topology before)
    {
        if (before.Find(step.Primary) is not { IsPrimary: true } || step.Primary == step.Node)
        {
            yield return Broken(
                "no-such-primary",
                step.Member,
                $"{step.PrimaryMember}, which it is to replicate, is no primary",
                "a replica of nobody has no data to take over with"
            );
        }
    }

    internal static Finding Broken(string code, string subject, string what, string why) =>
        new(code, Verdict.Failed, subject, what, why, "");
}
