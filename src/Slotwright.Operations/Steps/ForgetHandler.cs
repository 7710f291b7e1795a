using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Steps;

/// <summary>
/// Tells all others to forget nodes, until none knows them any more: one that was not told yet tells the others of them
/// again, though only after a minute.
/// </summary>
internal static class ForgetHandler
{
    private const string UnknownNode = "Unknown node";

    public static async Task RunAsync(Forget step, StepContext context, CancellationToken ct)
    {
        var gone = step.Nodes.Select(n => n.Node).ToHashSet();
        string[] told =
        [
            .. context
                .Topology.Nodes.Where(n => n is { Reachable: true, Joined: true } && !gone.Contains(n.Id))
                .Select(n => n.Member)
                .OfType<string>(),
        ];
        await DemandSlotlessAsync(step, told, context, ct);
        var knowing = told;
        var isOver = await Wait.UntilAsync(
            async inner =>
            {
                var know = await Task.WhenAll(
                    knowing.Select(m => context.AskAsync(m, (node, t) => ForgetAsync(node, gone, t), inner))
                );
                knowing = [.. told.Zip(know).Where(k => k.Second).Select(k => k.First)];
                return knowing.Length == 0;
            },
            context.Deadline,
            context.Session.Time,
            ct
        );
        if (!isOver)
        {
            throw new OperationFailedException(
                $"{string.Join(", ", knowing)} still {(knowing.Length == 1 ? "knows" : "know")} them after {context.Deadline.TotalSeconds:0} s",
                member: knowing[0],
                command: "CLUSTER FORGET",
                next: "run the same command again: it looks anew"
            );
        }
    }

    private static async Task DemandSlotlessAsync(
        Forget step,
        string[] asked,
        StepContext context,
        CancellationToken ct
    )
    {
        var rows = await Task.WhenAll(
            asked.Select(m => context.AskAsync(m, static (node, inner) => node.PeersAsync(inner), ct))
        );
        foreach (var (label, id) in step.Nodes)
        {
            if (rows.SelectMany(r => r).Any(p => p.Id == id && !p.Slots.IsEmpty))
            {
                throw new OperationFailedException(
                    "it owns slots by now, as others see it",
                    member: label,
                    next: "run the same command again: it looks anew"
                );
            }
        }
    }

    /// <returns>Whether it knew one of them.</returns>
    private static async Task<bool> ForgetAsync(ValkeyConnection node, HashSet<NodeId> gone, CancellationToken ct)
    {
        var known = (await node.PeersAsync(ct)).Select(p => p.Id).Where(gone.Contains).ToArray();
        foreach (var id in known)
        {
            if (
                await node.SendAsync(RespCommand.Of("CLUSTER", "FORGET", id.Value), ct) is RespValue.Error error
                && !error.Text.Contains(UnknownNode, StringComparison.OrdinalIgnoreCase)
            )
            {
                throw new OperationFailedException(
                    $"it does not forget {id.Short}: {Printable.Plain(error.Text)}",
                    member: node.Label,
                    command: "CLUSTER FORGET"
                );
            }
        }
        return known.Length > 0;
    }
}
