using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;

namespace Slotwright.Output;

/// <summary>The JSON face of <c>status</c>.</summary>
/// <param name="SlotsCovered">Slots that are served, 0 to 16384.</param>
internal sealed record StatusDocument(
    string Target,
    int Shards,
    int SlotsCovered,
    ImmutableArray<StatusNode> Nodes,
    ImmutableArray<StatusMember> Unreachable,
    ImmutableArray<Finding> Disagreements
)
{
    public static StatusDocument Of(string target, Observation observation)
    {
        var topology = observation.Topology;
        return new StatusDocument(
            target,
            topology.Shards().Length,
            SlotsServed.Of(observation).Count,
            [
                .. topology
                    .Nodes.OrderBy(n => n.Member is { } m ? topology.Members[m].Ordinal : int.MaxValue)
                    .ThenBy(n => n.Id)
                    .Select(n => NodeOf(n, observation)),
            ],
            [
                .. observation
                    .Views.Where(v => v.Report is null)
                    .Select(v => new StatusMember(v.Label, v.Asked.ToString(), v.Unreachable ?? "")),
            ],
            observation.Disagreements
        );
    }

    private static StatusNode NodeOf(Node node, Observation observation)
    {
        var topology = observation.Topology;
        var server = observation.ReportOf(node.Id)?.Server;
        var primary = node.Primary is { } id ? topology.Find(id) : null;
        return new StatusNode(
            node.Label,
            node.Id,
            node.IsPrimary ? "primary" : "replica",
            topology.ZoneOf(node),
            node.Slots,
            primary?.Label,
            node.Address,
            node.Hostname,
            node.Reachable,
            node.Failed,
            node.IsHeldBack,
            node.IsPrimary ? null : LinkName(node.Link),
            node.Offset,
            primary is { Reachable: true } && node.Reachable ? Math.Max(0, primary.Offset - node.Offset) : null,
            node.Keys,
            node.Epoch,
            server?.UsedMemory,
            server?.MaxMemory,
            server?.OpsPerSecond,
            server?.ConnectedClients,
            server?.Version.ToString()
        );
    }

    private static string LinkName(LinkState link) =>
        link switch
        {
            LinkState.InSync => "in-sync",
            LinkState.Syncing => "syncing",
            _ => "down",
        };
}
