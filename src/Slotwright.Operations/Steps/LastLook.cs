using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Steps;

/// <summary>One more look at a member that is taken for gone, before what can't be undone.</summary>
internal static class LastLook
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <returns>False also where it does not answer.</returns>
    public static async Task<bool> FindsAsync(
        Member member,
        Func<ValkeyConnection, CancellationToken, Task<bool>> holds,
        StepContext context,
        CancellationToken ct
    )
    {
        try
        {
            return await context.Session.AskAsync(member, Patience, holds, ct);
        }
        catch (OperationFailedException)
        {
            return false;
        }
    }
}
