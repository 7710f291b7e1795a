using System.Collections.Immutable;
using Slotwright.Core.Agent;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Running;

/// <summary>Where no lock keeps operations apart: what another has left open on the nodes, or says there of itself.</summary>
internal static class OthersAtWork
{
    private static readonly RespCommand Clients = RespCommand.Of("CLIENT", "LIST");

    /// <exception cref="RefusedException">Another is at work: where, and on what.</exception>
    public static async Task DemandNoneAsync(
        string operation,
        ClusterSession session,
        Observation observation,
        CancellationToken ct
    )
    {
        var marks = await Task.WhenAll(
            observation
                .Views.Where(v => v is { Report: not null, Member: not null })
                .Select(v => MarksAsync(session, observation.Topology.Members[v.Member!], ct))
        );
        ImmutableArray<Finding> found =
        [
            .. observation.Views.Where(v => v.Report?.Self.OpenSlots.IsEmpty == false).Select(OpenSlots),
            .. marks.SelectMany(m => m).Distinct(StringComparer.Ordinal).Select(Operation),
        ];
        if (!found.IsEmpty)
        {
            throw new RefusedException(operation, [.. found]);
        }
    }

    private static async Task<ImmutableArray<string>> MarksAsync(
        ClusterSession session,
        Member member,
        CancellationToken ct
    )
    {
        var reply = await session.AskAsync(member, AskAsync, ct);
        return [.. OperationMark.OfClientList(reply.AsText() ?? "").Select(m => m.Operation)];

        // an error reply, where CLIENT may not be asked, names nobody
        static Task<RespValue> AskAsync(ValkeyConnection node, CancellationToken inner) =>
            node.SendAsync(Clients, inner);
    }

    private static Finding OpenSlots(NodeView view) =>
        new(
            "slots-open",
            Verdict.Failed,
            view.Label,
            $"{view.Report!.Self.OpenSlots.Length} slots are on their way there, slot {view.Report.Self.OpenSlots[0].Slot} first",
            "another operation moves slots, or was cut off; on this target no lock keeps operations apart",
            "wait for it, or finish it"
        );

    private static Finding Operation(string operation) =>
        new(
            "operation-at-work",
            Verdict.Failed,
            "cluster",
            $"'{operation}' is at work on it",
            "two operations at once undo what the other counts on; on this target no lock keeps them apart",
            "wait for it"
        );
}
