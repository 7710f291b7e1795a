using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Bootstrap;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Repair;

/// <summary>Members with nothing of their own, and the shards that lack a replica.</summary>
internal static class Attachments
{
    /// <summary>
    /// Replicas of nobody, without keys. Where no shard lacks one they follow the shard that they suit best: else the
    /// primary that is gone could not be forgotten.
    /// </summary>
    public static IEnumerable<Step> OfOrphans(Leftovers leftovers, Topology topology, int wanted)
    {
        Member[] free = [.. leftovers.Orphans().Where(n => n.Keys == 0).Select(n => topology.Members[n.Member!])];
        var needed = Steps(free, topology, wanted, "its primary is gone, and this shard lacks a replica").ToArray();
        var after = needed.Aggregate(topology, (t, step) => step.ApplyTo(t));
        Member[] left = [.. free.Where(m => needed.All(s => s.Member != m.Name))];
        return needed.Concat(Steps(left, after, int.MaxValue, "its primary is gone"));
    }

    /// <summary>Empty primaries where a shard lacks a replica.</summary>
    public static IEnumerable<Step> OfEmpty(Observation seen, Topology topology, int wanted) =>
        Steps(
            topology
                .Nodes.Where(n =>
                    RepairQuestions.IsFit(n, topology) && n is { Slots.IsEmpty: true, Keys: 0, Open.IsEmpty: true }
                )
                .Where(n => seen.ReportOf(n.Id) is { Self.Slots.IsEmpty: true }) // what it owns may be another's here
                .Select(n => topology.Members[n.Member!]),
            topology,
            wanted,
            "it is empty, and this shard lacks a replica"
        );

    private static IEnumerable<Replicate> Steps(IEnumerable<Member> members, Topology topology, int wanted, string why)
    {
        Member[] all = [.. members.OrderBy(m => m.Ordinal)];
        var chosen = NewReplicas.Choose(topology, all, wanted);
        return all.Where(m => chosen.ContainsKey(m.Name))
            .Select(m => (Member: m, Primary: chosen[m.Name]))
            .Select(c => new Replicate(c.Member.Name, topology.NodeOf(c.Member.Name)!.Id, c.Primary.Label, c.Primary.Id)
            {
                Reason = why,
            });
    }
}
