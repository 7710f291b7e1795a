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
    internal const string NoticePath = "/failover/notice";
    internal const string ConditionPath = "/failover/condition";

    /// <summary>Whoever told of a death asks once more, and is to hear how it ended.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromMilliseconds(500);

    private readonly IAgentPlace _place;
    private readonly IProgress<string> _log;
    private readonly TimeProvider _time;
    private readonly AgentPost _post;
    private readonly OwnServerWatch _own;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<NodeId, Lazy<Rescue>> _rescues = new();
    private FailoverStatus _status = new();

    /// <param name="view">The last look of the agent's loop; null before the first.</param>
    public FailoverReflex(IAgentPlace place, Func<OwnView?> view, IProgress<string> log, TimeProvider time)
    {
        (_place, _log, _time) = (place, log, time);
        _post = new AgentPost(place, time);
        _own = new OwnServerWatch(place, view, _post, log, time);
    }

    /// <summary>For the controls of tests: it takes its own replica for the best.</summary>
    internal bool IsWithoutRanking { get; init; }

    public FailoverStatus Status => Volatile.Read(ref _status) with { Deaths = _own.Deaths };

    /// <summary>Until it is cancelled; a death that has been noticed is told to its end.</summary>
    public Task RunAsync(CancellationToken ct) => _own.RunAsync(ct);

    /// <summary>What another agent says or asks.</summary>
    /// <returns>Null where there is no such path.</returns>
    public async Task<HttpPage?> PostAsync(string path, string body, CancellationToken ct)
    {
        if (path is not (NoticePath or ConditionPath))
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
            var words =
                path == NoticePath
                    ? Words(Notice(Read(question.Words, AgentJson.Default.DeathNotice)), AgentJson.Default.NoticeAnswer)
                    : Words(await _own.ConditionAsync(ct), AgentJson.Default.ConditionAnswer);
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
        _end.Dispose();
    }

    /// <summary>The first one about a node wakes a rescue; the others hear how it goes.</summary>
    private NoticeAnswer Notice(DeathNotice notice)
    {
        if (!_place.Failover.Enabled)
        {
            return new NoticeAnswer(false, null, "agent.failover is off");
        }
        return _rescues.GetOrAdd(notice.Node, _ => new Lazy<Rescue>(() => Begin(notice))).Value.Answer;
    }

    private Rescue Begin(DeathNotice notice)
    {
        var server = new AgentServer(_place, _time);
        var rescue = new Rescue(_place, notice, server, _post, _log, _time) { IsWithoutRanking = IsWithoutRanking };
        _ = RunAsync(rescue, server, notice.Node);
        return rescue;
    }

    private async Task RunAsync(Rescue rescue, AgentServer server, NodeId node)
    {
        try
        {
            await Task.Yield();
            await using (server)
            {
                var won = await rescue.RunAsync(_end.Token);
                Count(rescue.Forced, won);
                await Task.Delay(Afterwards, _time, _end.Token);
            }
        }
        catch (OperationCanceledException) { }
        finally
        {
            _rescues.TryRemove(node, out _);
        }
    }

    private void Count(int forced, bool won)
    {
        var before = Volatile.Read(ref _status);
        Volatile.Write(
            ref _status,
            before with
            {
                Forced = before.Forced + forced,
                Won = won ? before.Won.SetItem(MemberCondition.Dead, before.Won[MemberCondition.Dead] + 1) : before.Won,
                LastWon = won ? _time.GetUtcNow() : before.LastWon,
            }
        );
    }

    private static T Read<T>(string words, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(words, type) ?? throw new JsonException("nothing");

    private static string Words<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);
}
