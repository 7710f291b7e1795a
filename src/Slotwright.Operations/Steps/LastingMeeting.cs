using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Steps;

/// <summary>
/// Two nodes get to know each other after a CLUSTER FORGET. For a minute those who were told it tell others of it, from 8.0
/// on, and whoever hears that forgets the node again: so they meet until that lasts longer than a node is silent to another.
/// </summary>
internal sealed class LastingMeeting(Meet step, StepContext context)
{
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <exception cref="OperationFailedException">It does not last within 90 s.</exception>
    public async Task HoldAsync(NodeAddress address, int? bus, CancellationToken ct)
    {
        long? since = null;
        var lasts = await Wait.UntilAsync(
            async inner =>
            {
                if (await KnowEachOtherAsync(inner))
                {
                    since ??= context.Session.Time.GetTimestamp();
                    return context.Session.Time.GetElapsedTime(since.Value) >= Lasting;
                }
                since = null;
                await context.AskAsync(
                    step.Via,
                    async (node, token) =>
                    {
                        await node.MeetAsync(address, bus, token);
                        return true;
                    },
                    inner
                );
                return false;
            },
            Patience,
            Pause,
            context.Session.Time,
            ct
        );
        if (!lasts)
        {
            throw new OperationFailedException(
                $"{step.Via} forgets {step.Member} again and again",
                member: step.Via,
                command: "CLUSTER MEET",
                next: "see who tells it to (CLUSTER FORGET), and run the same command again"
            );
        }
    }

    private async Task<bool> KnowEachOtherAsync(CancellationToken ct) =>
        await context.AskAsync(step.Member, (node, inner) => node.KnowsAsync(step.ViaNode, inner), ct)
        && await context.AskAsync(step.Via, (node, inner) => node.KnowsAsync(step.Node, inner), ct);
}
