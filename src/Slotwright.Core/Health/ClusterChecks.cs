using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Health;

/// <summary>
/// Every check of a cluster at rest. cluster_state and slots_assigned are asked too, but never suffice: with
/// cluster-require-full-coverage no, both stay fine when a shard is dead.
/// </summary>
public static class ClusterChecks
{
    /// <summary>Bytes that a replica may lag behind before it is worth a word.</summary>
    public const long NotableLag = 1024 * 1024;

    /// <summary>Bytes of lag that the default backlog (repl-backlog-size 10mb) does not bridge.</summary>
    public const long GraveLag = 10 * 1024 * 1024;

    /// <returns>One finding a check that holds, and one for each thing that does not.</returns>
    public static ImmutableArray<Finding> Run(Observation observation, Expectation wanted)
    {
        var topology = observation.Topology;
        return
        [
            .. Check("nodes-reachable", $"all {observation.Views.Length} members answer", Unreachable(observation)),
            .. Check("nodes-agree", "all nodes have the same view of the cluster", Disagreeing(observation)),
            .. Check("slots-covered", "all 16384 slots have an owner that is alive", Uncovered(observation)),
            .. Check("replicas-in-sync", Replicas(topology, wanted), ReplicaFaults(topology, wanted)),
            .. ZoneFindings(topology),
            .. Check("nothing-open", "no slot is on its way, no node is left over", Leftovers(observation)),
        ];
    }

    private static ImmutableArray<Finding> Check(string code, string ok, IEnumerable<Finding> faults)
    {
        ImmutableArray<Finding> found = [.. faults];
        return found.IsEmpty ? [Fine(code, ok)] : found;
    }

    private static Finding Fine(string code, string what) => new(code, Verdict.Ok, "cluster", what, "", "");

    private static IEnumerable<Finding> Unreachable(Observation observation) =>
        observation
            .Views.Where(v => v.Report is null)
            .Select(v => new Finding(
                "node-unreachable",
                Verdict.Failed,
                v.Member ?? v.Asked.ToString(),
                v.Unreachable ?? "it does not answer",
                "what it holds can't be had, and it can't take over for others",
                "start it; see its log if it does not stay"
            ));

    private static IEnumerable<Finding> Disagreeing(Observation observation)
    {
        foreach (var finding in observation.Disagreements)
        {
            yield return finding;
        }
        foreach (
            var node in observation.Topology.Nodes.Where(n =>
                n is { Reachable: true, Joined: false, SeesForeign: false }
            )
        )
        {
            yield return new Finding(
                "member-outside",
                Verdict.Failed,
                node.Label,
                node.Alone ? "it is no part of the cluster" : "not every node of the cluster knows it",
                "it holds no data for the others and can't help them",
                "slotwright bootstrap joins it"
            );
        }
        foreach (
            var view in observation.Views.Where(v =>
                v.Report is not null && !ShardIds.Agree(v.Report, observation.Topology)
            )
        )
        {
            yield return new Finding(
                "shard-ids-differ",
                Verdict.Failed,
                view.Member ?? view.Asked.ToString(),
                "it does not give the nodes of each shard one shard id",
                "a server of 8.0 or 8.1 that is killed in this state refuses its own nodes.conf",
                "wait for gossip (some seconds) and look again"
            );
        }
    }

    private static IEnumerable<Finding> Uncovered(Observation observation)
    {
        var topology = observation.Topology;
        var nobody = SlotSet.All.Except(topology.Covered());
        if (!nobody.IsEmpty)
        {
            yield return new Finding(
                "slots-uncovered",
                Verdict.Failed,
                $"slots {nobody}",
                $"{nobody.Count} slots have no owner",
                "every command on their keys fails",
                topology.Shards().IsEmpty
                    ? "slotwright bootstrap"
                    : "CLUSTER ADDSLOTSRANGE on the primary that is to have them"
            );
        }
        foreach (var shard in topology.Shards().Where(s => !s.Primary.Reachable || s.Primary.Failed))
        {
            var heirs = shard.Replicas.Where(r => r.Reachable).Select(r => r.Label).ToArray();
            yield return new Finding(
                "shard-dead",
                Verdict.Failed,
                $"slots {shard.Slots}",
                $"their owner {shard.Primary.Label} is {(shard.Primary.Reachable ? "marked failed" : "not reachable")}",
                "every command on their keys fails, whatever cluster_state says",
                heirs.Length > 0
                    ? $"wait for the election of {string.Join(" or ", heirs)}, or start {shard.Primary.Label}"
                    : $"start {shard.Primary.Label}: nobody else has the data"
            );
        }
        foreach (var view in observation.Views)
        {
            if (
                view.Report is { Cluster: var cluster }
                && (!cluster.StateOk || cluster.SlotsFail + cluster.SlotsPossible > 0)
            )
            {
                yield return new Finding(
                    "state-not-ok",
                    cluster.StateOk && cluster.SlotsFail == 0 ? Verdict.Warning : Verdict.Failed,
                    view.Member ?? view.Asked.ToString(),
                    $"it says cluster_state:{(cluster.StateOk ? "ok" : "fail")}, {cluster.SlotsOk} slots ok, "
                        + $"{cluster.SlotsPossible} possibly failing, {cluster.SlotsFail} failing",
                    "it answers clients accordingly",
                    "see the findings on slots and nodes"
                );
            }
        }
    }

    private static string Replicas(Topology topology, Expectation wanted) =>
        wanted.ReplicasPerPrimary == 0
            ? $"{topology.Shards().Length} shards, no replicas wanted"
            : $"each of {topology.Shards().Length} shards has {(wanted.AtLeast ? "at least " : "")}{wanted.ReplicasPerPrimary} in sync";

    private static IEnumerable<Finding> ReplicaFaults(Topology topology, Expectation wanted)
    {
        foreach (var shard in topology.Shards())
        {
            var subject = $"slots {shard.Slots}";
            if (shard.Replicas.Length < wanted.ReplicasPerPrimary)
            {
                yield return new Finding(
                    "replica-missing",
                    Verdict.Failed,
                    subject,
                    $"{shard.Primary.Label} has {shard.Replicas.Length} of {wanted.ReplicasPerPrimary} replicas",
                    "with its last node the shard's data goes",
                    "slotwright bootstrap attaches empty members"
                );
            }
            foreach (var replica in shard.Replicas)
            {
                if (replica.Link != LinkState.InSync)
                {
                    yield return new Finding(
                        "replica-link",
                        replica.Link == LinkState.Syncing ? Verdict.Warning : Verdict.Failed,
                        replica.Label,
                        !replica.Reachable ? "this replica does not answer"
                            : replica.Link == LinkState.Syncing ? $"it copies all data from {shard.Primary.Label}"
                            : $"its link to {shard.Primary.Label} is down",
                        "it can't take over without losing writes",
                        replica.Reachable ? "see its log" : "start it"
                    );
                }
                else if (shard.Primary.Offset - replica.Offset is > NotableLag and var lag)
                {
                    yield return new Finding(
                        "replica-lag",
                        lag > GraveLag ? Verdict.Failed : Verdict.Warning,
                        replica.Label,
                        $"it is {lag} bytes behind {shard.Primary.Label}",
                        "so much is lost if it takes over now",
                        "look at its network, its CPU and the write rate"
                    );
                }
            }
        }
    }

    private static ImmutableArray<Finding> ZoneFindings(Topology topology)
    {
        var layout = ZoneLayout.Of(topology);
        if (layout.Zones.IsEmpty)
        {
            return [Fine("zones", "no zone is known: not judged")];
        }
        if (layout.Zones.Length == 1)
        {
            return [Fine("zones", $"all members are in {layout.Zones[0]}: not judged")];
        }
        var spread = string.Join(", ", layout.PrimariesByZone.Select(z => $"{z.Value} in {z.Key}"));
        var unplaced = layout
            .Unplaced.Where(n => topology.ZoneOf(n) is null)
            .Select(n => new Finding(
                "zone-unknown",
                Verdict.Warning,
                n.Label,
                "its zone is not known",
                "it can't be judged where its shard would survive",
                "set availability-zone on it, or name its zone in a --zones-file"
            ));
        return Check("zones", $"primaries: {spread}", [.. layout.Broken, .. unplaced]);
    }

    private static IEnumerable<Finding> Leftovers(Observation observation)
    {
        foreach (var report in observation.Views.Select(v => v.Report).OfType<NodeReport>())
        {
            var label = observation.Topology.Find(report.Id)?.Label ?? report.Id.Short;
            if (!report.Self.OpenSlots.IsEmpty)
            {
                var slots = SlotSet.OfSlots(report.Self.OpenSlots.Select(s => s.Slot));
                yield return new Finding(
                    "slot-open",
                    Verdict.Warning,
                    label,
                    $"slots {slots} are on their way",
                    "a move runs, or was cut off",
                    "wait for it; if none runs, close it with CLUSTER SETSLOT <slot> STABLE after finding where the keys are"
                );
            }
            if (!report.Unrecognized.IsEmpty)
            {
                yield return new Finding(
                    "reply-unrecognized",
                    Verdict.Warning,
                    label,
                    $"it says more than is understood: {string.Join(", ", report.Unrecognized.Take(3))}",
                    "its version is newer than this program knows",
                    "see whether there is a newer slotwright"
                );
            }
        }
        foreach (
            var node in observation.Topology.Nodes.Where(n =>
                n is { IsPrimary: true, Joined: true, Alone: false } && n.Slots.IsEmpty
            )
        )
        {
            if (node.Reachable)
            {
                yield return new Finding(
                    "primary-empty",
                    Verdict.Warning,
                    node.Label,
                    "a primary without slots",
                    "it holds no data and stands by for nobody",
                    "CLUSTER REPLICATE makes it a replica"
                );
            }
        }
        var versions = observation
            .Views.Select(v => v.Report?.Server.Version)
            .OfType<Version>()
            .Distinct()
            .Order()
            .ToArray();
        if (versions.Length > 1)
        {
            yield return new Finding(
                "versions-differ",
                Verdict.Warning,
                "cluster",
                $"servers of {string.Join(" and ", versions.Select(v => v.ToString()))} run side by side",
                "an older one can't read what a newer one writes",
                "finish the upgrade"
            );
        }
    }
}
