using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Operations.Steps;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.SlotMovers;

/// <summary>Replicas of a taker stay its own: those that followed the first slots back to the giver replicate it again.</summary>
internal static class TakerReplicas
{
    /// <summary>Members that replicate the taker, by its own word.</summary>
    public static async Task<ImmutableArray<string>> FindAsync(MoveEnds ends, CancellationToken ct)
    {
        var rows = await ends.AskTargetAsync(static (node, inner) => node.PeersAsync(inner), ct);
        return
        [
            .. rows.Where(r => r.Primary == ends.Step.Node)
                .Select(r => ends.Context.Topology.Find(r.Id)?.Member)
                .OfType<string>(),
        ];
    }

    /// <param name="replicas">Before the first slot. Those that do not answer now are left alone.</param>
    /// <exception cref="OperationFailedException">One can't be brought back, or is not in sync in time.</exception>
    public static Task KeepAsync(MoveEnds ends, ImmutableArray<string> replicas, CancellationToken ct) =>
        Task.WhenAll(replicas.Select(r => KeepAsync(ends, r, ct)));

    private static async Task KeepAsync(MoveEnds ends, string replica, CancellationToken ct)
    {
        var step = ends.Step;
        if ((await ends.OwnRowAsync(replica, ct))?.Primary != step.From)
        {
            return;
        }
        await ends.Context.AskAsync(
            replica,
            async (node, inner) =>
            {
                await node.ReplicateAsync(step.Node, inner);
                return true;
            },
            ct
        );
        ends.Context.Told($"{replica} had followed slots back to {step.FromMember}; it replicates {step.Member} again");
        await SyncSettling.UntilInSyncAsync(ends.Context.Topology.Members[replica], ends.Context, ct);
    }
}
