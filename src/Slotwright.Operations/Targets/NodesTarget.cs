using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
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

    public ImmutableArray<Finding> Doubts { get; private set; } = [];

    /// <summary>The nodes that the seeds know, named by their addresses. A seed that does not answer is a doubt.</summary>
    /// <exception cref="OperationFailedException">No seed answers.</exception>
    public async Task<ImmutableArray<Member>> ListMembersAsync(CancellationToken ct)
    {
        var answers = await Task.WhenAll(seeds.Select(s => PeersOfAsync(s, ct)));
        var silent = answers.Where(a => a.Failure is not null).ToImmutableArray();
        if (silent.Length == answers.Length)
        {
            throw NobodyAnswers(silent);
        }
        var found = answers.SelectMany(a => a.Peers).Select(p => p.address).ToHashSet();
        ImmutableArray<(NodeAddress Address, string Hostname)> nodes =
        [
            .. answers
                .SelectMany(a => a.Peers)
                .GroupBy(p => p.address)
                .Select(g => (Address: g.Key, Hostname: g.Select(p => p.Hostname).Max(StringComparer.Ordinal) ?? ""))
                .OrderBy(p => p.Address.Host, AddressOrder.Instance)
                .ThenBy(p => p.Address.Port),
        ];
        Doubts =
        [
            .. silent.Where(s => !nodes.Any(n => n.Address == s.Seed)).Select(Doubt), // a member's own view says it better
            .. zones
                .Keys.Except(nodes.SelectMany(n => new[] { n.Address.ToString(), n.Hostname }), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(Unmatched),
        ];
        return [.. nodes.Select((n, i) => MemberAt(n.Address, n.Hostname, i))];
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

    public bool HasLock => false;

    public Task<IOperationLock> LockAsync(string operation, CancellationToken ct) =>
        Task.FromResult<IOperationLock>(new NoLock());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Member MemberAt(NodeAddress address, string hostname, int ordinal)
    {
        var name = address.ToString();
        var zone = zones.GetValueOrDefault(name) ?? (hostname.Length > 0 ? zones.GetValueOrDefault(hostname) : null);
        return new Member(name, ordinal, zone, null, MemberPhase.Running, address, hostname, "", "");
    }

    private static OperationFailedException NobodyAnswers(ImmutableArray<Answer> answers)
    {
        var first = answers[0].Failure!;
        const string Check = "check the addresses, and that they can be reached from here";
        return answers.Length == 1
            ? new OperationFailedException(
                Reason(answers[0]),
                answers[0].Seed.ToString(),
                first.Command,
                next: first.Next ?? Check,
                cause: first
            )
            : new OperationFailedException(
                string.Join(
                    "; ",
                    answers
                        .GroupBy(Reason, StringComparer.Ordinal)
                        .Select(g => $"{string.Join(", ", g.Select(a => a.Seed))}: {g.Key}")
                ),
                next: answers.All(a => a.Failure!.Next == first.Next) ? first.Next ?? Check : Check,
                cause: first
            );
    }

    private static Finding Doubt(Answer silent) =>
        new(
            "seed-unheard",
            Verdict.Warning,
            silent.Seed.ToString(),
            $"this address of the target tells of no cluster: {Reason(silent)}",
            "what it should have told is missing here",
            silent.Failure!.Next ?? "start it, or leave it out of the target"
        );

    private static Finding Unmatched(string name) =>
        new(
            "zone-unmatched",
            Verdict.Warning,
            name,
            "the zones file gives it a zone, and no node has this address or hostname",
            "the node that is meant may be taken for one of another zone, or of none",
            "write it as status shows it: HOST:PORT, or the hostname that the node announces"
        );

    private static string Reason(Answer silent) =>
        ClusterSession.Words(silent.Seed.ToString(), silent.Failure!.Message);

    private async Task<Answer> PeersOfAsync(NodeAddress seed, CancellationToken ct)
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
            return new Answer(
                seed,
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
            return new Answer(seed, [], e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            return new Answer(seed, [], ClusterSession.Silence(seed.ToString(), ClusterSession.AnswerBudget, e));
        }
    }

    /// <summary>What one seed knows, or why it does not say.</summary>
    private sealed record Answer(
        NodeAddress Seed,
        ImmutableArray<(NodeAddress address, string Hostname)> Peers,
        OperationFailedException? Failure
    );

    private sealed class NoLock : IOperationLock
    {
        public ValueTask EnsureHeldAsync(CancellationToken ct) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
