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
            if (erased.Keys > 0)
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
        if (step is Meet meet)
        {
            foreach (var finding in OfMeeting(meet, before))
            {
                yield return finding;
            }
        }
    }

    /// <summary>What may not have become worse between two moments.</summary>
    /// <param name="moment">When, for people: <c>after 'Join'</c>.</param>
    public static IEnumerable<Finding> OfMoment(Topology before, Topology then, string moment)
    {
        var owned = new HashSet<int>();
        foreach (var node in then.Nodes.Where(n => !n.Slots.IsEmpty))
        {
            var twice = SlotSet.OfSlots(node.Slots.Where(s => !owned.Add(s)));
            if (!twice.IsEmpty)
            {
                yield return Broken(
                    "slot-owned-twice",
                    node.Label,
                    $"{moment} slots {twice} have two owners",
                    OneOwner
                );
            }
        }
        var lost = before.Covered().Except(then.Covered());
        if (!lost.IsEmpty)
        {
            yield return Broken("slot-lost", $"slots {lost}", $"{moment} nobody owns them", OneOwner);
        }
        foreach (var shard in before.Shards().Where(s => HasServer(before, s)))
        {
            if (!then.Nodes.Any(n => n.Slots.Overlaps(shard.Slots) && HasServer(then, n)))
            {
                yield return Broken(
                    "shard-gone",
                    $"slots {shard.Slots}",
                    $"{moment} no member is left that has their data",
                    "no step takes a member away from a shard that has no other in-sync member"
                );
            }
        }
        var voters = then.Nodes.Where(n => n.IsPrimary && !n.Slots.IsEmpty).ToArray();
        if (HasQuorum(before.Nodes) && !HasQuorum(then.Nodes))
        {
            yield return Broken(
                "quorum-lost",
                "cluster",
                $"{moment} only {voters.Count(v => v.Reachable)} of {voters.Length} primaries are up",
                "without a majority of primaries nobody is elected"
            );
        }
    }

    private const string OneOwner = "every slot is owned by exactly one primary";

    private static bool HasServer(Topology topology, Shard shard) => HasServer(topology, shard.Primary);

    private static bool HasServer(Topology topology, Node primary) =>
        primary.Reachable
        || topology.Nodes.Any(n => n.Primary == primary.Id && n is { Reachable: true, Link: LinkState.InSync });

    private static bool HasQuorum(IEnumerable<Node> nodes)
    {
        var voters = nodes.Where(n => n.IsPrimary && !n.Slots.IsEmpty).ToArray();
        return voters.Length > 0 && voters.Count(v => v.Reachable) > voters.Length / 2;
    }

    private static IEnumerable<Finding> OfMeeting(Meet meet, Topology before)
    {
        const string why =
            "clusters never merge: nobody is told to meet an address unless the node behind it was asked";
        var node = before.Find(meet.Node);
        if (node is null || !node.Reachable)
        {
            yield return Broken("met-unasked", meet.Member, "it has not said who it is", why);
        }
        else if (node.Member is null || node.Member != meet.Member || !before.Members.ContainsKey(node.Member))
        {
            yield return Broken("met-stranger", meet.Member, $"{node.Id.Short} is no member by that name", why);
        }
        else if (node.SeesForeign)
        {
            yield return Broken("met-foreign", meet.Member, "it knows nodes that are no members", why);
        }
        else if (!node.Joined && node.Keys > 0)
        {
            yield return Broken(
                "met-data",
                meet.Member,
                $"it holds {node.Keys} keys and is not known to the cluster",
                why
            );
        }
    }

    private static Finding Broken(string code, string subject, string what, string why) =>
        new(code, Verdict.Failed, subject, what, why, "");
}
