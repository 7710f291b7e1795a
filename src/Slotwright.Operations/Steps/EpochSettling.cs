using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Steps;

/// <summary>
/// Slots taken without a vote are owned under an epoch that nobody else was asked for. Two owners under one epoch would
/// each believe the other's claim to be no newer than their own.
/// </summary>
internal static class EpochSettling
{
    /// <exception cref="OperationFailedException">Members that answered before see it otherwise at the deadline.</exception>
    public static async Task UntilAgreedAsync(string member, NodeId owner, StepContext context, CancellationToken ct)
    {
        string[] asked = [.. context.Answering];
        var agreed = await Wait.UntilAsync(
            async inner =>
                Epochs.Agree(
                    await Task.WhenAll(
                        asked.Select(m => context.AskAsync(m, (node, token) => node.PeersAsync(token), inner))
                    ),
                    owner
                ),
            context.Deadline,
            context.Session.Time,
            ct
        );
        if (!agreed)
        {
            throw new OperationFailedException(
                $"members do not agree on the epoch of {member} after {context.Deadline.TotalSeconds:0} s, or another owner has the same",
                member: member,
                next: "slotwright exec --on all -- CLUSTER NODES shows them; run the same command again: it looks anew"
            );
        }
    }
}
