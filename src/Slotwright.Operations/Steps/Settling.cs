using Slotwright.Core.Failures;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Steps;

/// <summary>Waits until a member says what a step is not over without.</summary>
internal static class Settling
{
    /// <param name="otherwise">What it says instead, after its name.</param>
    /// <exception cref="OperationFailedException">It says otherwise at the deadline.</exception>
    public static async Task DemandAsync(
        StepContext context,
        string member,
        Func<ValkeyConnection, CancellationToken, Task<bool>> holds,
        string otherwise,
        CancellationToken ct
    )
    {
        OperationFailedException? silence = null;
        var isSettled = await Wait.UntilAsync(
            async inner =>
            {
                try
                {
                    silence = null;
                    return await context.AskAsync(member, holds, inner);
                }
                catch (OperationFailedException e)
                {
                    silence = e; // it loads, or is busy with the first minute of another role
                    return false;
                }
            },
            context.Deadline,
            context.Session.Time,
            ct
        );
        if (!isSettled)
        {
            throw silence
                ?? new OperationFailedException(
                    $"{member} {otherwise} after {context.Deadline.TotalSeconds:0} s",
                    member: member,
                    next: "slotwright verify shows what is amiss"
                );
        }
    }
}
