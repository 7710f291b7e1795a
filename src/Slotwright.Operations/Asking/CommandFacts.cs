using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Asking;

/// <summary>What the servers themselves say of a command that is going to be sent.</summary>
public static class CommandFacts
{
    /// <returns>Whether it writes; null where no member says.</returns>
    public static Task<bool?> WritesAsync(
        ClusterSession session,
        IEnumerable<Member> members,
        RespCommand command,
        CancellationToken ct
    ) => FirstAsync(session, members, (node, token) => node.WritesAsync(command, token), ct);

    /// <returns>The keys that it names; null where it names none, or no member says.</returns>
    public static Task<ImmutableArray<ReadOnlyMemory<byte>>?> KeysAsync(
        ClusterSession session,
        IEnumerable<Member> members,
        RespCommand command,
        CancellationToken ct
    ) => FirstAsync(session, members, (node, token) => node.KeysAsync(command, token), ct);

    /// <summary>The answer of the first member that gives one.</summary>
    private static async Task<T?> FirstAsync<T>(
        ClusterSession session,
        IEnumerable<Member> members,
        Func<ValkeyConnection, CancellationToken, Task<T?>> ask,
        CancellationToken ct
    )
        where T : struct
    {
        foreach (var member in members)
        {
            using var budget = new CancellationTokenSource(ClusterSession.AnswerBudget, session.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, budget.Token);
            try
            {
                return await ask(await session.ConnectAsync(member, either.Token), either.Token);
            }
            catch (OperationFailedException)
            {
                // The next one may say.
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // The next one may say.
            }
        }
        return null;
    }
}
