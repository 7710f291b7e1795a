using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Steps;

/// <summary>What a hand-over is not over without: everybody knows it, and the shard has its replicas again.</summary>
internal static class HandOverSettling
{
    /// <exception cref="OperationFailedException">A member that answered before sees it otherwise at the deadline.</exception>
    public static Task UntilAgreedAsync(HandOver step, StepContext context, CancellationToken ct) =>
        OwnershipSettling.UntilAgreedAsync(
            context.Answering,
            step.Node,
            context.Topology.Find(step.From)!.Slots,
            $"does not see that {step.Member} has taken over",
            context,
            ct
        );

    /// <exception cref="OperationFailedException">A replica's link is not up at the deadline.</exception>
    public static Task UntilInSyncAsync(HandOver step, StepContext context, CancellationToken ct) =>
        Task.WhenAll(
            context
                .Topology.Nodes.Where(n =>
                    n is { Reachable: true, IsHeldBack: false }
                    && n.Id != step.Node
                    && (n.Id == step.From || n.Primary == step.From)
                )
                .Select(n => n.Member)
                .OfType<string>()
                .Select(member =>
                    Settling.DemandAsync(context, member, FollowsAsync, $"is not in sync with {step.Member}", ct)
                )
        );

    private static async Task<bool> FollowsAsync(ValkeyConnection node, CancellationToken ct) =>
        await node.RoleAsync(ct) is { IsPrimary: false, LinkUp: true };
}
