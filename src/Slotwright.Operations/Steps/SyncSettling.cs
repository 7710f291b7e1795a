using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Steps;

/// <summary>A replica has all that its primary has. A full synchronisation may take its time.</summary>
internal static class SyncSettling
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <exception cref="OperationFailedException">It has not within 30 minutes.</exception>
    public static async Task UntilInSyncAsync(Member member, StepContext context, CancellationToken ct)
    {
        var isInSync = await Wait.UntilAsync(
            inner => IsInSyncAsync(member, context, inner),
            Patience,
            LongestPause,
            context.Session.Time,
            ct
        );
        if (!isInSync)
        {
            throw new OperationFailedException(
                $"it is not in sync after {Patience.TotalMinutes:0} minutes",
                member: member.Name,
                next: "see its log, and run the same command again: it goes on from here"
            );
        }
    }

    private static async ValueTask<bool> IsInSyncAsync(Member member, StepContext context, CancellationToken ct)
    {
        try
        {
            return await context.Session.AskAsync(member, (node, inner) => node.IsLinkedAsync(inner), ct);
        }
        catch (OperationFailedException)
        {
            return false; // it loads its data, or is busy with the first minute
        }
    }
}
