using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Operations.Steps;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// A taker's epoch is above its giver's before the first slot. From 8.0 on SETSLOT reaches the taker's replicas before the
/// taker has raised its epoch: a ping of the giver in between takes the slots back in their eyes, and a replica whose
/// primary had no others then follows the giver. Where the taker itself has pinged in between, without the slots, the
/// giver's ping does that whatever the epochs: <see cref="TakerReplicas"/> brings it back.
/// </summary>
internal static class TakerEpoch
{
    private static readonly RespCommand Bump = RespCommand.Of("CLUSTER", "BUMPEPOCH");

    /// <param name="replicas">The taker's.</param>
    /// <exception cref="OperationFailedException">One of the taker's replicas has not heard of it at the deadline.</exception>
    public static async Task RaiseAsync(MoveEnds ends, ImmutableArray<string> replicas, CancellationToken ct)
    {
        var (taker, giver) = (ends.Step.Node, ends.Step.From);
        var rows = await ends.AskTargetAsync(static (node, inner) => node.PeersAsync(inner), ct);
        // two that raise theirs at the same moment could end with the same one
        await ends.Context.Elections.WaitAsync(ct);
        try
        {
            if (!IsAbove(rows, taker, giver))
            {
                await ends.AskTargetAsync(static (node, inner) => node.AskAsync(Bump, inner), ct);
            }
            await Task.WhenAll(
                replicas.Select(r =>
                    Settling.DemandAsync(
                        ends.Context,
                        r,
                        async (node, inner) => IsAbove(await node.PeersAsync(inner), taker, giver),
                        $"has not heard of {ends.Step.Member}'s new epoch",
                        ct
                    )
                )
            );
        }
        finally
        {
            ends.Context.Elections.Release();
        }
    }

    private static bool IsAbove(ImmutableArray<PeerRow> rows, NodeId taker, NodeId giver) =>
        Epoch(rows, taker) > Epoch(rows, giver);

    private static long Epoch(ImmutableArray<PeerRow> rows, NodeId id) =>
        rows.FirstOrDefault(r => r.Id == id)?.ConfigEpoch ?? 0;
}
