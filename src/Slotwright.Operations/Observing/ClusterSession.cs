using System.Collections.Concurrent;
using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Observing;

/// <summary>A target with one kept connection to each of its nodes, from a command's begin to its end.</summary>
/// <param name="given">Credentials that somebody named; null for those that the target knows.</param>
public sealed class ClusterSession(IClusterTarget target, Credentials? given, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long one node may take to say what it sees, where nothing lies between but a network.</summary>
    public static readonly TimeSpan AnswerBudget = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<NodeAddress, Task<ValkeyConnection>> _connections = new();
    private readonly CancellationTokenSource _end = new();

    public IClusterTarget Target { get; } = target;

    public TimeProvider Time { get; } = time;

    /// <summary>A connection that lives as long as the session; made anew where the last one broke.</summary>
    /// <exception cref="OperationFailedException">Nobody answers there, or the password is refused.</exception>
    public async Task<ValkeyConnection> ConnectAsync(NodeAddress address, string label, CancellationToken ct)
    {
        if (_connections.TryGetValue(address, out var known))
        {
            if (known is { IsCompletedSuccessfully: true, Result.IsBroken: false } or { IsCompleted: false })
            {
                return await known.WaitAsync(ct);
            }
            _connections.TryRemove(new(address, known));
            await CloseAsync(known);
        }
        // for all who wait for it, so that the one who gives up first does not end it
        var opening = _connections.GetOrAdd(address, _ => OpenAsync(address, label, _end.Token));
        return await opening.WaitAsync(ct);
    }

    public Task<ValkeyConnection> ConnectAsync(Member member, CancellationToken ct) =>
        ConnectAsync(member.Address, member.Name, ct);

    /// <summary>
    /// A connection that the caller alone has, and ends: for commands that the server answers late, behind which others
    /// would wait.
    /// </summary>
    /// <exception cref="OperationFailedException">Nobody answers there, or the password is refused.</exception>
    public Task<ValkeyConnection> OpenAsync(Member member, CancellationToken ct) =>
        OpenAsync(member.Address, member.Name, ct);

    /// <summary>Asks every member what it sees, at the same time, and merges the answers.</summary>
    public Task<Observation> ObserveAsync(CancellationToken ct) => ObserveAsync(Target.AnswerBudget, ct);

    /// <inheritdoc cref="ObserveAsync(CancellationToken)"/>
    /// <param name="budget">How long each may take.</param>
    public async Task<Observation> ObserveAsync(TimeSpan budget, CancellationToken ct)
    {
        var members = await Target.ListMembersAsync(ct);
        var views = await Task.WhenAll(members.Select(m => ViewAsync(m, budget, ct)));
        var observation = Merge.Of([.. members.Zip(views, WithOwnZone)], [.. views]);
        return observation with { Disagreements = [.. observation.Disagreements, .. Target.Doubts] };
    }

    /// <summary>What one member sees, or why it does not say; never throws for what the member does.</summary>
    public Task<NodeView> ViewAsync(Member member, CancellationToken ct) => ViewAsync(member, Target.AnswerBudget, ct);

    private async Task<NodeView> ViewAsync(Member member, TimeSpan budget, CancellationToken ct)
    {
        try
        {
            var report = await AskAsync(member, budget, (connection, inner) => connection.ReportAsync(inner), ct);
            return new NodeView(member.Address, member.Name, report, null);
        }
        catch (OperationFailedException e)
        {
            return new NodeView(member.Address, member.Name, null, Words(member.Name, e.Message))
            {
                Remedy = e.Next,
                IsBusy = e.Kind == FailureKind.ServerBusy,
                IsLoading = e.Kind == FailureKind.ServerLoading,
                RefusesPassword = e.Kind == FailureKind.PasswordRefused,
            };
        }
    }

    /// <summary>One question to one member.</summary>
    /// <exception cref="OperationFailedException">It can't be asked, or does not answer within <see cref="IClusterTarget.AnswerBudget"/>.</exception>
    public Task<T> AskAsync<T>(
        Member member,
        Func<ValkeyConnection, CancellationToken, Task<T>> question,
        CancellationToken ct
    ) => AskAsync(member, Target.AnswerBudget, question, ct);

    /// <summary>One question to one member that may take longer than a look.</summary>
    /// <exception cref="OperationFailedException">It can't be asked, or does not answer within the budget.</exception>
    public async Task<T> AskAsync<T>(
        Member member,
        TimeSpan budget,
        Func<ValkeyConnection, CancellationToken, Task<T>> question,
        CancellationToken ct
    )
    {
        using var end = new CancellationTokenSource(budget, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        try
        {
            return await question(await ConnectAsync(member, either.Token), either.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw Silence(member.Name, budget, e);
        }
    }

    internal static OperationFailedException Silence(string member, TimeSpan budget, Exception cause) =>
        new(
            budget >= TimeSpan.FromSeconds(1)
                ? $"no answer within {budget.TotalSeconds:0} s"
                : $"no answer within {budget.TotalMilliseconds:0} ms",
            member,
            cause: cause
        );

    /// <summary>Runs the same on each of the members at once, over the session's connections.</summary>
    public Task OnEachAsync(
        IEnumerable<Member> members,
        Func<Member, ValkeyConnection, Task> action,
        CancellationToken ct
    ) => Task.WhenAll(members.Select(async m => await action(m, await ConnectAsync(m, ct))));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var connection in _connections.Values.ToImmutableArray())
        {
            await CloseAsync(connection);
        }
        await Target.DisposeAsync();
        _end.Dispose();
    }

    public async ValueTask<Credentials?> GetCredentialsAsync(CancellationToken ct) =>
        given ?? await Target.GetCredentialsAsync(ct);

    private async Task<ValkeyConnection> OpenAsync(NodeAddress address, string label, CancellationToken ct)
    {
        var stream = await Target.ConnectAsync(address, ct);
        try
        {
            return await ValkeyConnection.OpenAsync(stream, await GetCredentialsAsync(ct), label, ct);
        }
        catch (OperationFailedException e) when (e.Kind == FailureKind.PasswordRefused)
        {
            throw given is null && Target.PasswordPlace is { } place ? ChangedSecret.Refusal(place, e) : e;
        }
    }

    /// <summary>Without the name that stands before it wherever it is shown.</summary>
    internal static string Words(string name, string message) =>
        message.StartsWith(name + " ", StringComparison.Ordinal) ? message[(name.Length + 1)..] : message;

    private static Member WithOwnZone(Member member, NodeView view) =>
        member.Zone is null && view.Report?.Server.Zone is { Length: > 0 } zone ? member with { Zone = zone } : member;

    private static async ValueTask CloseAsync(Task<ValkeyConnection> connection)
    {
        if (connection.IsCompletedSuccessfully)
        {
            await connection.Result.DisposeAsync();
        }
    }
}
