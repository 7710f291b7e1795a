using System.Collections.Immutable;
using Slotwright.Core.Agent;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Running;

/// <summary>
/// Tells the members' agents that an operation runs and whom it is taking down, by the names of the session's own
/// connections: they are gone with this process, however it ends.
/// </summary>
/// <param name="operation">Letters, digits and hyphens: <c>restart</c>.</param>
public sealed class OperationMarks(ClusterSession session, string operation) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CleanupDeadline = TimeSpan.FromSeconds(2);

    private ImmutableArray<Member> _marked = [];

    /// <summary>
    /// Before a member is taken down, and again for those that came back: a new server has no names yet. A member that
    /// does not answer is passed over.
    /// </summary>
    /// <param name="takingDown">Empty: it runs, and takes nobody down.</param>
    /// <returns>Names of the members that were told.</returns>
    public async Task<ImmutableArray<string>> SetAsync(
        IEnumerable<Member> members,
        ImmutableArray<NodeId> takingDown,
        CancellationToken ct
    )
    {
        _marked = [.. members];
        return await NameAsync(new OperationMark(operation, takingDown).ConnectionName, ct);
    }

    public async ValueTask DisposeAsync()
    {
        using var cleanup = new CancellationTokenSource(CleanupDeadline, session.Time);
        try
        {
            await NameAsync("", cleanup.Token);
        }
        catch (OperationCanceledException)
        {
            // the names go with the connections
        }
    }

    private async Task<ImmutableArray<string>> NameAsync(string name, CancellationToken ct)
    {
        var command = RespCommand.Of("CLIENT", "SETNAME", name);
        var told = await Task.WhenAll(
            _marked.Select(async member =>
            {
                try
                {
                    await session.AskAsync(member, Patience, (node, inner) => node.AskAsync(command, inner), ct);
                    return member.Name;
                }
                catch (Exception e) when (e is OperationFailedException or IOException)
                {
                    return null;
                }
            })
        );
        return [.. told.OfType<string>()];
    }
}
