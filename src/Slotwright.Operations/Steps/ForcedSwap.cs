using Slotwright.Core.Failures;
using Slotwright.Core.Fencing;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Steps;

/// <summary>CLUSTER FAILOVER FORCE and TAKEOVER: the primary is gone, so that nothing waits for it.</summary>
internal static class ForcedSwap
{
    /// <summary>Two elections at once can split the vote, and a server that was not elected does not try again soon.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(5);

    /// <returns>As <see cref="HandOverTime.Took"/>.</returns>
    /// <exception cref="OperationFailedException">The primary answers again, or the replica was not elected.</exception>
    public static async Task<TimeSpan> RunAsync(HandOver step, StepContext context, CancellationToken ct)
    {
        await DemandGoneAsync(step, context, ct);
        var (word, time) = (step.Kind == HandOverKind.Takeover ? "TAKEOVER" : "FORCE", context.Session.Time);
        var command = RespCommand.Of("CLUSTER", "FAILOVER", word);
        await SendAsync(command, step.Member, context, ct);
        var (start, sent) = (time.GetTimestamp(), time.GetTimestamp());
        RespValue? last = null;
        var isElected = await Wait.UntilAsync(
            async inner =>
            {
                if ((await context.RoleAsync(step.Member, inner)).IsPrimary)
                {
                    return true;
                }
                if (time.GetElapsedTime(sent) >= AskAgain)
                {
                    last = await context.AskAsync(step.Member, (node, token) => node.SendAsync(command, token), inner);
                    sent = time.GetTimestamp();
                }
                return false;
            },
            context.Deadline,
            LookPause,
            time,
            ct
        );
        return isElected
            ? time.GetElapsedTime(start)
            : throw new OperationFailedException(
                $"it was not elected within {context.Deadline.TotalSeconds:0} s"
                    + (last is RespValue.Error error ? $": {error.Text}" : ""),
                member: step.Member,
                command: command.Title,
                next: "see that a majority of primaries is up: slotwright verify"
            );
    }

    /// <summary>
    /// A vote may have come about by itself since it was looked at: once another shard has its primary again, there is a
    /// majority that elects.
    /// </summary>
    private static async Task SendAsync(RespCommand command, string member, StepContext context, CancellationToken ct)
    {
        try
        {
            await context.AskAsync(member, (node, inner) => node.AskAsync(command, inner), ct);
        }
        catch (OperationFailedException e) when (e.Code == "ERR")
        {
            if (!(await context.RoleAsync(member, ct)).IsPrimary)
            {
                throw;
            }
        }
    }

    private static async Task DemandGoneAsync(HandOver step, StepContext context, CancellationToken ct)
    {
        if (
            context.Topology.Members.TryGetValue(step.FromMember, out var member)
            && await LastLook.FindsAsync(member, (node, inner) => ServesAsync(node, step, inner), context, ct)
        )
        {
            throw new OperationFailedException(
                $"{step.FromMember} answers again: a replica that took over now would lose what it acknowledges",
                member: step.FromMember,
                next: "run the same command again: it looks anew"
            );
        }
    }

    /// <summary>One that is held back answers, and takes no writes.</summary>
    private static async Task<bool> ServesAsync(ValkeyConnection node, HandOver step, CancellationToken ct) =>
        await node.MyIdAsync(ct) == step.From && !VoterConfig.IsOf(await node.ServerInfoAsync(ct));
}
