using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>
/// Replaces a dead primary in a fraction of a second: woken by the end of a connection, beside the loop that looks once a
/// second. Two agents have a part in it, the dead server's and that of the replica that takes over.
/// </summary>
public sealed class FailoverReflex : IAsyncDisposable
{
    /// <summary>Whoever told of a death asks once more, and is to hear how it ended.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromMilliseconds(500);

    private readonly IAgentPlace _place;
    private readonly IProgress<string> _log;
    private readonly TimeProvider _time;
    private readonly AgentPost _post;
    private readonly OwnServerWatch _own;
    private readonly CutOffWatch _cutOff;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<(NodeId, MemberCondition), Lazy<Rescue>> _rescues = new();
    private FailoverStatus _status = new();

    /// <param name="view">The last answer that the agent's loop had from its server; null before the first.</param>
    public FailoverReflex(IAgentPlace place, Func<OwnView?> view, IProgress<string> log, TimeProvider time)
    {
        (_place, _log, _time) = (place, log, time);
        _post = new AgentPost(place, time);
        _own = new OwnServerWatch(place, view, _post, log, time);
        _cutOff = new CutOffWatch(place, view, _post, Lost, log, time);
    }

    /// <summary>For the controls of tests: it takes its own replica for the best.</summary>
    internal bool IsWithoutRanking { get; init; }

    public FailoverStatus Status =>
        Volatile.Read(ref _status) with
        {
            IsWatching = _own.IsWatching,
            Deaths = _own.Deaths,
            Fences = _cutOff.Fences,
            IsFenced = _cutOff.IsFenced,
        };

    /// <summary>What it knows of another primary, where agents replace those that are cut off.</summary>
    internal PromiseSight SightOf(NodeId node) => _cutOff.Sight(node).ToSight();

    /// <summary>Until it is cancelled; a death that has been noticed is told to its end.</summary>
    public Task RunAsync(CancellationToken ct)
    {
        AgentSeal.Prepare();
        return Task.WhenAll(_own.RunAsync(ct), _cutOff.RunAsync(ct));
    }

    /// <summary>What another agent says or asks.</summary>
    /// <returns>Null where there is no such path.</returns>
    public async Task<HttpPage?> PostAsync(string path, string body, CancellationToken ct)
    {
        if (
            path
            is not (FailoverPaths.Notice or FailoverPaths.Condition or FailoverPaths.Promise or FailoverPaths.Sight)
        )
        {
            return null;
        }
        AgentSeal seal;
        try
        {
            seal = new AgentSeal(_place.Credentials()?.Password);
        }
        catch (OperationFailedException e)
        {
            return new HttpPage(503, $"{e.Message}\n");
        }
        if (seal.OpenQuestion(path, body) is not { } question)
        {
            return new HttpPage(403, "it is not sealed by the cluster's password\n");
        }
        try
        {
            var words = await AnswerAsync(path, question.Words, ct);
            return new HttpPage(200, seal.SealAnswer(path, question.Nonce, words));
        }
        catch (JsonException)
        {
            return new HttpPage(400, "it can't be read\n");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _cutOff.DisposeAsync();
        _end.Dispose();
    }

    private async Task<string> AnswerAsync(string path, string words, CancellationToken ct)
    {
        if (path == FailoverPaths.Notice)
        {
            return Words(Notice(Read(words, AgentJson.Default.DeathNotice)), AgentJson.Default.NoticeAnswer);
        }
        if (path == FailoverPaths.Condition)
        {
            return Words(await _own.ConditionAsync(ct), AgentJson.Default.ConditionAnswer);
        }
        var node = Read(words, AgentJson.Default.NodeQuestion).Node;
        if (path == FailoverPaths.Promise)
        {
            _cutOff.Promised(node);
        }
        return Words(_cutOff.Sight(node), AgentJson.Default.SightAnswer);
    }

    private void Lost(DeathNotice notice)
    {
        if (_place.Failover.Enabled)
        {
            _ = Rescue(notice, new UnreachableCondition(_place, _post));
        }
    }

    /// <summary>The first one about a node wakes a rescue; the others hear how it goes.</summary>
    private NoticeAnswer Notice(DeathNotice notice)
    {
        if (!_place.Failover.Enabled)
        {
            return new NoticeAnswer(false, null, "agent.failover is off");
        }
        return Rescue(notice, new DeadCondition(_place, _post, _time)).Answer;
    }

    /// <summary>One at a time of each node. That it is dead is known better than that it is cut off.</summary>
    private Rescue Rescue(DeathNotice notice, IPrimaryCondition condition) =>
        _rescues.GetOrAdd((notice.Node, condition.Said), _ => new Lazy<Rescue>(() => Begin(notice, condition))).Value;

    private Rescue Begin(DeathNotice notice, IPrimaryCondition condition)
    {
        var server = new AgentServer(_place, _time);
        var rescue = new Rescue(_place, notice, server, condition, _log, _time) { IsWithoutRanking = IsWithoutRanking };
        _ = RunAsync(rescue, server, notice.Node, condition.Said);
        return rescue;
    }

    private async Task RunAsync(Rescue rescue, AgentServer server, NodeId node, MemberCondition said)
    {
        try
        {
            await Task.Yield();
            await using (server)
            {
                var won = await rescue.RunAsync(_end.Token);
                Count(rescue.Forced, won ? said : null);
                await Task.Delay(Afterwards, _time, _end.Token);
            }
        }
        catch (OperationCanceledException) { }
        finally
        {
            _rescues.TryRemove((node, said), out _);
        }
    }

    private void Count(int forced, MemberCondition? won)
    {
        lock (_end)
        {
            var before = _status;
            Volatile.Write(
                ref _status,
                before with
                {
                    Forced = before.Forced + forced,
                    Won = won is { } by ? before.Won.SetItem(by, before.Won[by] + 1) : before.Won,
                    LastWon = won is null ? before.LastWon : _time.GetUtcNow(),
                }
            );
        }
    }

    private static T Read<T>(string words, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(words, type) ?? throw new JsonException("nothing");

    private static string Words<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);
}
