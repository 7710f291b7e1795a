using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Health.Checks;

/// <summary>Every slot has an owner, the owner is alive, and the nodes say so themselves.</summary>
internal static class SlotsCovered
{
    public static ImmutableArray<Finding> Run(Observation observation, Former former) =>
        Check.Of(
            "slots-covered",
            $"all {HashSlot.Count} slots have an owner that is alive",
            [.. Uncovered(observation.Topology, former), .. Dead(observation), .. NotOk(observation)]
        );

    private static IEnumerable<Finding> Uncovered(Topology topology, Former former)
    {
        var nobody = SlotSet.All.Except(topology.Covered());
        return nobody.IsEmpty
            ? []
            :
            [
                new Finding(
                    "slots-uncovered",
                    Verdict.Failed,
                    $"slots {nobody}",
                    nobody.Count == 1 ? "1 slot has no owner" : $"{nobody.Count} slots have no owner",
                    "every command on their keys fails",
                    Remedy(former, isFormed: !topology.Shards().IsEmpty)
                ),
            ];
    }

    private static string Remedy(Former former, bool isFormed) =>
        (former, isFormed) switch
        {
            (Former.Host, false) => "slotwright bootstrap",
            (Former.Host, true) => $"slotwright bootstrap, where it made the cluster; else {Assign}",
            (Former.Chart, false) => "the release's Job forms it: see its log; helm upgrade runs it again",
            (_, true) => Assign,
            _ => "form a cluster of these nodes with what made them: valkey-cli --cluster create",
        };

    private const string Assign = "slotwright repair gives them to whoever has their keys";

    private static IEnumerable<Finding> Dead(Observation observation)
    {
        var hasMajority = observation.Topology.HasQuorum();
        return observation
            .Topology.Shards()
            .Where(s => !s.Primary.Reachable || s.Primary.Failed)
            .Select(s => IsBusy(observation, s.Primary) ? Busy(s) : Dead(s, hasMajority));
    }

    private static Finding Dead(Shard shard, bool hasMajority) =>
        new(
            "shard-dead",
            Verdict.Failed,
            $"slots {shard.Slots}",
            $"their owner {shard.Primary.Label} is {(shard.Primary.Reachable ? "marked failed" : "not reachable")}",
            "every command on their keys fails, whatever cluster_state says",
            Remedy(shard, hasMajority)
        );

    private static Finding Busy(Shard shard) =>
        new(
            "shard-busy",
            Verdict.Failed,
            $"slots {shard.Slots}",
            $"their owner {shard.Primary.Label} runs a script, and nothing else",
            "every command on their keys fails until it ends",
            $"see the finding on {shard.Primary.Label}"
        );

    private static bool IsBusy(Observation observation, Node node) =>
        node.Member is { } member && observation.ViewOf(member) is { IsBusy: true };

    private static string Remedy(Shard shard, bool hasMajority)
    {
        var heirs = shard.Replicas.Where(r => r.Reachable).Select(r => r.Label).ToArray();
        return heirs.Length > 0 && !hasMajority
                ? $"no majority of primaries is left to elect {string.Join(" or ", heirs)}: start {shard.Primary.Label}; where it is gone for good, slotwright recover"
            : heirs.Length > 0
                ? $"wait for the election of {string.Join(" or ", heirs)}, or start {shard.Primary.Label}"
            : $"start {shard.Primary.Label}: no other member of its shard answers; where its disk is lost, slotwright recover";
    }

    private static IEnumerable<Finding> NotOk(Observation observation)
    {
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
                    view.Label,
                    $"it says cluster_state:{(cluster.StateOk ? "ok" : "fail")}, {cluster.SlotsOk} slots ok, "
                        + $"{cluster.SlotsPossible} possibly failing, {cluster.SlotsFail} failing",
                    "it answers clients accordingly",
                    cluster.SlotsFail + cluster.SlotsPossible == 0
                        ? "a primary that was started waits up to 5 s before it calls the state ok: look again then"
                        : "see the findings on slots and nodes"
                );
            }
        }
    }
}
