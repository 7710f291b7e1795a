using System.Collections.Immutable;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health.Checks;

/// <summary>All nodes know each other and see the same cluster.</summary>
internal static class NodesAgree
{
    public static ImmutableArray<Finding> Run(Observation observation, Former former) =>
        Check.Of(
            "nodes-agree",
            "all nodes that answer have the same view of the cluster",
            [.. observation.Disagreements, .. Outside(observation, former), .. ShardIdsDiffer(observation)]
        );

    private static IEnumerable<Finding> Outside(Observation observation, Former former) =>
        observation
            .Topology.Nodes.Where(n => n is { Reachable: true, Joined: false, SeesForeign: false })
            .Select(n => new Finding(
                "member-outside",
                Verdict.Failed,
                n.Label,
                n.Alone ? "it is no part of the cluster"
                    : n.Apart ? "no node of the cluster knows it, and it knows none of them"
                    : "not every node of the cluster knows it",
                "it holds no data for the others and can't help them",
                former switch
                {
                    Former.Host => "slotwright bootstrap joins it",
                    Former.Chart => "helm upgrade runs the release's Job again, which joins it",
                    _ when n.Alone =>
                        "name only nodes of one cluster; if it belongs there, CLUSTER MEET it from a node",
                    _ when n.Apart =>
                        "name only nodes of one cluster: if these are two, they must not MEET, or one loses its data",
                    _ => "wait for gossip (some seconds) and look again; if it stays, slotwright repair",
                }
            ));

    private static IEnumerable<Finding> ShardIdsDiffer(Observation observation) =>
        observation
            .Views.Where(v => v.Report is { } report && !ShardIds.Agree(report, observation.Topology))
            .Select(v => new Finding(
                "shard-ids-differ",
                Verdict.Failed,
                v.Label,
                "it does not give the nodes of each shard one shard id",
                "a server of 8.0 or 8.1 that is killed in this state refuses its own nodes.conf",
                "wait for gossip (some seconds) and look again"
            ));
}
