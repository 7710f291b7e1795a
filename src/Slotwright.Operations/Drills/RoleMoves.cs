using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Drills;

/// <summary>Planned hand-overs of the role of primary (CLUSTER FAILOVER), and roles back where they were.</summary>
internal static class RoleMoves
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SyncPatience = TimeSpan.FromMinutes(10);

    /// <summary>Members that were primaries and are replicas in sync now become primaries again.</summary>
    /// <exception cref="OperationFailedException">One does not.</exception>
    public static async Task BackAsync(
        ClusterSession session,
        ImmutableArray<string> members,
        Action<ImmutableArray<string>, string> did,
        CancellationToken ct
    )
    {
        var topology = (await session.ObserveAsync(ct)).Topology;
        foreach (var member in members)
        {
            if (topology.NodeOf(member) is { IsPrimary: false, Link: LinkState.InSync })
            {
                await ToAsync(session, topology.Members[member], ct);
                did([member], "primary again (CLUSTER FAILOVER)");
            }
        }
    }

    /// <summary>Ends when the member is a primary, or a replica whose link is up.</summary>
    /// <exception cref="OperationFailedException">It is neither in time.</exception>
    public static async Task UntilInSyncAsync(ClusterSession session, string member, CancellationToken ct)
    {
        var isThere = await Wait.UntilAsync(
            async inner =>
                (await session.ObserveAsync(inner)).Topology.NodeOf(member) is { Reachable: true, Failed: false } node
                && (node.IsPrimary || node.Link == LinkState.InSync),
            SyncPatience,
            session.Time,
            ct
        );
        if (!isThere)
        {
            throw new OperationFailedException(
                $"its link to its primary is not up after {SyncPatience.TotalMinutes:0} minutes",
                member,
                next: "see its log, and status"
            );
        }
    }

    private static async Task ToAsync(ClusterSession session, Member replica, CancellationToken ct)
    {
        var connection = await session.ConnectAsync(replica, ct);
        await connection.AskAsync(RespCommand.Of("CLUSTER", "FAILOVER"), ct);
        var isPrimary = await Wait.UntilAsync(
            async inner =>
                await connection.SendAsync(RespCommand.Of("ROLE"), inner) is RespValue.Array { Items: [var role, ..] }
                && role.AsText() == "master",
            Patience,
            session.Time,
            ct
        );
        if (!isPrimary)
        {
            throw new OperationFailedException(
                $"it did not take over within {Patience.TotalSeconds:0} s",
                replica.Name,
                "CLUSTER FAILOVER",
                next: "see its log"
            );
        }
    }
}
