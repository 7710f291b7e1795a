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
    /// <param name="budget">How long the members may take.</param>
    /// <returns>Whether it writes; null where the servers do not say.</returns>
    /// <exception cref="OperationFailedException">No member answers.</exception>
    public static Task<bool?> WritesAsync(
        ClusterSession session,
        IEnumerable<Member> members,
        RespCommand command,
        TimeSpan budget,
        CancellationToken ct
    ) => FirstAsync(session, members, (node, token) => node.WritesAsync(command, token), budget, ct);

    /// <param name="budget">How long the members may take.</param>
    /// <returns>The keys that it names; null where the servers are not asked.</returns>
    /// <exception cref="OperationFailedException">No member answers.</exception>
    public static Task<CommandKeys?> KeysAsync(
        ClusterSession session,
        IEnumerable<Member> members,
        RespCommand command,
        TimeSpan budget,
        CancellationToken ct
    ) => FirstAsync(session, members, (node, token) => node.KeysAsync(command, token), budget, ct);

    /// <summary>All are asked at the same time, so that a silent one holds up nobody; the first answer counts.</summary>
    private static async Task<T?> FirstAsync<T>(
        ClusterSession session,
        IEnumerable<Member> members,
        Func<ValkeyConnection, CancellationToken, Task<T?>> ask,
        TimeSpan budget,
        CancellationToken ct
    )
        where T : struct
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<(T? Answer, OperationFailedException? Failure)>[] asked = [.. members.Select(AskAsync)];
        try
        {
            await foreach (var task in Task.WhenEach(asked))
            {
                if (await task is (var answer, null))
                {
                    return answer;
                }
            }
            ct.ThrowIfCancellationRequested();
            throw (await asked[0]).Failure!;
        }
        finally
        {
            await enough.CancelAsync();
            await Task.WhenAll(asked);
        }

        async Task<(T?, OperationFailedException?)> AskAsync(Member member)
        {
            try
            {
                return (await session.AskAsync(member, budget, ask, enough.Token), null);
            }
            catch (OperationFailedException e)
            {
                return (null, e);
            }
            catch (OperationCanceledException e)
            {
                return (null, ClusterSession.Silence(member.Name, budget, e));
            }
        }
    }
}
