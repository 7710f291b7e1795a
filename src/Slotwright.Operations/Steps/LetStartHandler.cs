using Slotwright.Core.Failures;
using Slotwright.Core.Fencing;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Steps;

/// <summary>
/// Tells a member that is held back to wait for nobody: by its host where that is ours, else by the name of a connection
/// to its held-back server, which its start looks for. The name is gone with this program, however it ends.
/// </summary>
internal static class LetStartHandler
{
    /// <summary>Its server may have much to load.</summary>
    private static readonly TimeSpan LoadPatience = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public static async Task RunAsync(LetStart step, StepContext context, CancellationToken ct)
    {
        if (context.Host is { } host && await host.LetStartAsync(step.Member, ct))
        {
            return;
        }
        await context.AskAsync(
            step.Member,
            async (node, inner) =>
            {
                await Identity.EnsureAsync(node, step.Node, inner);
                return await node.AskAsync(
                    RespCommand.Of("CLIENT", "SETNAME", LetStartMark.ConnectionName(step.Node)),
                    inner
                );
            },
            ct
        );
        var started = await Wait.UntilAsync(
            inner => HasStartedAsync(step, context, inner),
            LoadPatience,
            LongestPause,
            context.Session.Time,
            ct
        );
        if (!started)
        {
            throw new OperationFailedException(
                $"it is still held back after {LoadPatience.TotalMinutes:0} minutes",
                member: step.Member,
                next: "see its log"
            );
        }
    }

    private static async ValueTask<bool> HasStartedAsync(LetStart step, StepContext context, CancellationToken ct)
    {
        try
        {
            return await context.AskAsync(
                step.Member,
                async (node, inner) => !VoterConfig.IsOf(await node.ServerInfoAsync(inner)),
                ct
            );
        }
        catch (Exception e) when (e is OperationFailedException or IOException)
        {
            return false; // between its two servers, or it loads
        }
    }
}
