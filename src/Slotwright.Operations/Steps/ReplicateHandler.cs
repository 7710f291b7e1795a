using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Steps;

/// <summary>
/// Makes a node a replica, as soon as gossip has told it of its primary. The server itself refuses a primary that holds
/// keys, but looks into its first database alone. Where there is something to copy, it ends when that has been copied.
/// </summary>
internal static class ReplicateHandler
{
    public static async Task RunAsync(Replicate step, StepContext context, CancellationToken ct)
    {
        var connection = await context.ConnectAsync(step.Member, ct);
        await Identity.EnsureAsync(connection, step.Node, ct);
        if (await connection.ServerInfoAsync(ct) is { IsPrimary: true, Keys: > 0 and var keys })
        {
            throw new OperationFailedException(
                $"it holds {keys} keys by now, and would throw them away",
                member: step.Member,
                next: "see what wrote them; save or delete them and run the same command again"
            );
        }
        var command = RespCommand.Of("CLUSTER", "REPLICATE", step.Primary.Value);
        RespValue reply = new RespValue.Null();
        var answered = await Wait.UntilAsync(
            async inner =>
            {
                reply = await connection.SendAsync(command, inner);
                return reply is not RespValue.Error { Text: var text }
                    || !text.Contains("Unknown node", StringComparison.Ordinal);
            },
            context.Deadline,
            context.Session.Time,
            ct
        );
        if (!answered || reply is RespValue.Error)
        {
            throw new OperationFailedException(
                answered
                    ? ((RespValue.Error)reply).Text
                    : $"it has not heard of {step.PrimaryMember} within {context.Deadline.TotalSeconds:0} s",
                member: step.Member,
                command: "CLUSTER REPLICATE"
            );
        }
        if (context.Topology.Find(step.Primary) is { Keys: > 0 })
        {
            await SyncSettling.UntilInSyncAsync(context.Topology.Members[step.Member], context, ct);
        }
    }
}
