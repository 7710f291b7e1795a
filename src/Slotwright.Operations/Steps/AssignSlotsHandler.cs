using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Steps;

/// <summary>
/// Gives a node its slots. A server calls the cluster's state ok only min(cluster-node-timeout, 5 s) after it left the
/// minority. A node that is alone leaves it with its first slot, and has no peers that a short timeout could suspect:
/// so that wait is over here within half a second.
/// </summary>
internal static class AssignSlotsHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(AssignSlots step, StepContext context, CancellationToken ct)
    {
        if (
            context.Topology.Voters.Any(v => v.Id != step.Node && !v.Apart)
            && context.Topology.Find(step.Node) is { Apart: false, Alone: false }
        )
        {
            // others may have an owner for them still, that gave them up itself: they believe only a higher epoch
            await OwnershipSettling.ClaimAsync(
                step.Member,
                step.Node,
                step.Slots,
                (node, inner) => SlotClaim.MakeAsync(node, step.Node, step.Slots, inner),
                context,
                ct
            );
            return;
        }
        var connection = await context.ConnectAsync(step.Member, ct);
        await Identity.EnsureAsync(connection, step.Node, ct);
        var brief = context.Topology.Find(step.Node) is { Alone: true } && await IsEnoughAloneAsync(connection, ct);
        if (!brief || context.Session.Target is not IClusterHost host)
        {
            await connection.AddSlotsRangeAsync(step.Slots, ct);
            return;
        }
        var original = await FormingSettings.ConfiguredAsync(host, FormingSettings.NodeTimeout, ct);
        try
        {
            await connection.ConfigSetAsync(FormingSettings.NodeTimeout, FormingSettings.ShortestNodeTimeout, ct);
            await connection.AddSlotsRangeAsync(step.Slots, ct);
            await Wait.UntilAsync(
                async inner => (await connection.ClusterInfoAsync(inner)).StateOk,
                Patience,
                context.Session.Time,
                ct
            );
        }
        finally
        {
            using var cleanup = new CancellationTokenSource(TimeSpan.FromSeconds(5), context.Session.Time);
            await connection.ConfigSetAsync(FormingSettings.NodeTimeout, original, cleanup.Token);
        }
    }

    /// <summary>With full coverage required, a node that is alone never calls the state ok.</summary>
    private static async Task<bool> IsEnoughAloneAsync(ValkeyConnection connection, CancellationToken ct) =>
        await connection.ConfigGetAsync("cluster-require-full-coverage", ct) == "no";
}
