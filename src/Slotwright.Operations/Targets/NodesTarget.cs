using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Targets;

/// <summary>
/// Any cluster whose nodes can be reached over TCP: the seeds say which nodes there are. It has no host, so nothing
/// can be started here, and no lock.
/// </summary>
/// <param name="zones">Zones by member name, from a file; empty where the servers are to say.</param>
/// <param name="credentials">Asked for each connection.</param>
public sealed class NodesTarget(
    ImmutableArray<NodeAddress> seeds,
    ImmutableDictionary<string, string> zones,
    Func<CancellationToken, ValueTask<Credentials?>> credentials,
    TimeProvider time
) : IClusterTarget
{
    public string Name { get; } = $"nodes:{string.Join(',', seeds)}";

    public ValueTask<Credentials?> GetCredentialsAsync(CancellationToken ct) => credentials(ct);

    /// <summary>The nodes that the seeds know, named by their addresses. A seed that does not answer counts for nothing.</summary>
    /// <exception cref="OperationFailedException">No seed answers.</exception>
    public async Task<ImmutableArray<Member>> ListMembersAsync(CancellationToken ct)
    {
        var answers = await Task.WhenAll(seeds.Select(s => PeersOfAsync(s, ct)));
        if (answers.All(a => a.Peers.IsEmpty))
        {
            throw new OperationFailedException(
                string.Join("; ", answers.Select(a => a.Failure!.Message).Distinct(StringComparer.Ordinal)),
                next: (answers[0].Failure as OperationFailedException)?.Next
                    ?? "check the addresses, and that they can be reached from here",
                cause: answers[0].Failure
            );
        }
        return
        [
            .. answers
                .SelectMany(a => a.Peers)
                .GroupBy(p => p.address)
                .Select(g => (Address: g.Key, Hostname: g.Select(p => p.Hostname).Max(StringComparer.Ordinal) ?? ""))
                .OrderBy(p => p.Address.Host, AddressOrder.Instance)
                .ThenBy(p => p.Address.Port)
                .Select((p, i) => MemberAt(p.Address, p.Hostname, i)),
        ];
    }

    public async ValueTask<Stream> ConnectAsync(NodeAddress address, CancellationToken ct)
    {
        try
        {
            return await TcpDialer.ConnectAsync(address, time, ct);
        }
        catch (IOException e)
        {
            throw new OperationFailedException(
                $"{address} can't be reached: {e.Message}",
                member: address.ToString(),
                next: "check that the server runs and that its port can be reached from here",
                cause: e
            );
        }
    }

    public Task<IOperationLock> LockAsync(string operation, CancellationToken ct) =>
        Task.FromResult<IOperationLock>(new NoLock());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Member MemberAt(NodeAddress address, string hostname, int ordinal)
    {
        var name = address.ToString();
        var zone = zones.GetValueOrDefault(name) ?? (hostname.Length > 0 ? zones.GetValueOrDefault(hostname) : null);
        return new Member(name, ordinal, zone, null, MemberPhase.Running, address, hostname, "", "");
    }

    private async Task<(ImmutableArray<(NodeAddress address, string Hostname)> Peers, Exception? Failure)> PeersOfAsync(
        NodeAddress seed,
        CancellationToken ct
    )
    {
        var password = await GetCredentialsAsync(ct);
        using var budget = new CancellationTokenSource(ClusterSession.AnswerBudget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, budget.Token);
        try
        {
            var stream = await ConnectAsync(seed, either.Token);
            await using var connection = await ValkeyConnection.OpenAsync(
                stream,
                password,
                seed.ToString(),
                either.Token
            );
            var report = await connection.ReportAsync(either.Token);
            return (
                [
                    .. report
                        .Known.Where(p => p.Address is not null || p.Id == report.Id)
                        .Select(p => (p.Address ?? seed, p.Hostname)),
                ],
                null
            );
        }
        catch (OperationFailedException e)
        {
            return ([], e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            return ([], ClusterSession.Silence(seed.ToString(), ClusterSession.AnswerBudget, e));
        }
    }

    private sealed class NoLock : IOperationLock
    {
        public ValueTask EnsureHeldAsync(CancellationToken ct) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
