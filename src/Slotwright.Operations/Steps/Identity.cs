using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Steps;

/// <summary>The question before every point of no return: is it still the node that the plan was made for?</summary>
internal static class Identity
{
    /// <exception cref="OperationFailedException">Another node answers at the member's address.</exception>
    public static async Task EnsureAsync(ValkeyConnection connection, NodeId expected, CancellationToken ct)
    {
        var actual = await connection.MyIdAsync(ct);
        if (actual != expected)
        {
            throw new OperationFailedException(
                $"node {actual.Short} answers, the plan was made for {expected.Short}",
                member: connection.Label,
                next: "run the same command again: it looks anew"
            );
        }
    }

    /// <inheritdoc cref="EnsureAsync(ValkeyConnection, NodeId, CancellationToken)"/>
    public static Task EnsureAsync(string member, NodeId expected, StepContext context, CancellationToken ct) =>
        context.AskAsync(
            member,
            async (node, inner) =>
            {
                await EnsureAsync(node, expected, inner);
                return true;
            },
            ct
        );
}
