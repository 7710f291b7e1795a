using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>
/// Keeps a connection to the agent's own server on which nothing is said: when the process dies, the kernel closes it, and
/// the agent knows at once. It tells the agents of the shard, and holds up the next start until they have decided.
/// </summary>
internal sealed class OwnServerWatch(
    IAgentPlace place,
    Func<OwnView?> view,
    AgentPost post,
    IProgress<string> log,
    TimeProvider time
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan KnockPatience = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PingPatience = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan NoticePatience = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// A process closes its files one after another, the one by which it is known to run perhaps last; on a busy machine
    /// that takes seconds, as does a start that ends again before it listens. By then plain Valkey has decided.
    /// </summary>
    private static readonly TimeSpan DeathPatience = TimeSpan.FromSeconds(30);

    /// <summary>An agent that is to end itself looks no longer than this for a server that may be about to start.</summary>
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(1);

    /// <summary>An agent that freezes does not hold up its server's start for longer.</summary>
    private static readonly TimeSpan HoldLength = TimeSpan.FromSeconds(2);

    /// <summary>A start is held up no longer than this, decided or not.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(10);

    /// <summary>Where nobody takes it on, a start is held up no longer than this.</summary>
    private static readonly TimeSpan NobodyPatience = TimeSpan.FromSeconds(2);

    private ValkeyConnection? _connection;
    private bool _wasConnected;
    private NodeId? _node;

    /// <summary>It has a connection to its server, whose end it would notice.</summary>
    public bool IsWatching => Volatile.Read(ref _connection) is { IsBroken: false };

    /// <summary>Times that its server was found dead.</summary>
    public long Deaths { get; private set; }

    /// <summary>Until it is cancelled; a death that is noticed by then is told to its end.</summary>
    public Task RunAsync(CancellationToken ct) =>
        Wait.UntilAsync(
            async inner =>
            {
                await WatchAsync(inner);
                return false;
            },
            TimeSpan.MaxValue,
            Pause,
            time,
            ct
        );

    /// <summary>How the server is at this moment. Whoever asks may act on its death: its start is held up from now on.</summary>
    public async Task<ConditionAnswer> ConditionAsync(CancellationToken ct)
    {
        var connection = Volatile.Read(ref _connection);
        var isClosed = connection is null or { IsBroken: true };
        var answers = !isClosed && await AnswersAsync(connection!, ct);
        return new ConditionAnswer(_node, Diagnosis.Of(await EvidenceAsync(isClosed, answers, hold: true, ct)));
    }

    /// <summary>From one connection's begin to what came of its end.</summary>
    private async Task WatchAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = await ValkeyConnection.OpenAsync(
                await place.DialAsync(place.Server, time, ct),
                place.Credentials(),
                AgentServer.Label,
                ct
            );
            _node = await connection.MyIdAsync(ct);
            Volatile.Write(ref _connection, connection);
            _wasConnected = true;
            await connection.Ended.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // an agent is told to end when its pod ends: its server may have ended in the same moment
            if (ct.IsCancellationRequested && !await IsEndingAsync(connection))
            {
                ct.ThrowIfCancellationRequested();
            }
        }
        catch (Exception e) when (e is OperationFailedException or IOException)
        {
            return; // it is not there yet
        }
        finally
        {
            Volatile.Write(ref _connection, null);
        }
        using var toTheEnd = new CancellationTokenSource(DeathPatience + LongestHold, time);
        await TellAsync(ct, toTheEnd.Token);
    }

    private async Task<bool> IsEndingAsync(ValkeyConnection connection)
    {
        using var moment = new CancellationTokenSource(KnockPatience, time);
        await connection.Ended.WaitAsync(moment.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return connection.IsBroken;
    }

    /// <param name="ending">The agent itself is to end: it stays only as long as somebody is at work.</param>
    private async Task TellAsync(CancellationToken ending, CancellationToken ct)
    {
        if (_node is not { } node || view() is not { } known || place.HeldBack() is not null)
        {
            return;
        }
        var start = time.GetTimestamp();
        try
        {
            var condition = MemberCondition.Unknown;
            await Wait.UntilAsync(
                async inner =>
                {
                    condition = await OfClosedAsync(hold: true, inner);
                    var isClear =
                        condition is not (MemberCondition.Running or MemberCondition.Hung or MemberCondition.Starting);
                    var isLate = time.GetElapsedTime(start) > ClosingPatience;
                    return isClear
                        || (isLate && (condition == MemberCondition.Running || ending.IsCancellationRequested));
                },
                DeathPatience,
                time,
                ct
            );
            var shard = Shard(known, node);
            if (condition != MemberCondition.Dead)
            {
                log.Report($"the server's connection was closed; it is not dead: {condition}");
            }
            else if (!shard.IsEmpty)
            {
                Deaths++;
                log.Report("the server is dead: its connection was closed, and nobody listens on its ports");
                var said = await TellAsync(shard, Notice(known, node), start, ending, ct);
                log.Report($"{said}, {time.GetElapsedTime(start).TotalMilliseconds:0} ms after its end");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            log.Report($"the server's end could not be told: {e.Message}");
        }
        finally
        {
            place.StartHold?.Release();
        }
    }

    /// <returns>What came of it, in words.</returns>
    private async Task<string> TellAsync(
        ImmutableArray<NodeAddress> shard,
        DeathNotice notice,
        long start,
        CancellationToken ending,
        CancellationToken ct
    )
    {
        var said = "nobody took it on";
        var worked = time.GetTimestamp();
        var holds = true;
        await Wait.UntilAsync(
            async inner =>
            {
                // a port that is silent for a moment says little on a busy machine
                switch (await OfClosedAsync(holds, inner))
                {
                    case MemberCondition.Running:
                        said = "it is back";
                        return true;
                    case MemberCondition.Starting:
                        said = "it was about to be back";
                        return ending.IsCancellationRequested;
                    default:
                        break;
                }
                var answers = await Task.WhenAll(shard.Select(agent => TellAsync(agent, notice, inner)));
                if (answers.FirstOrDefault(a => a?.Winner is not null) is { } won)
                {
                    said = $"{won.Winner!.Value.Short} has taken over";
                    return true;
                }
                if (answers.Any(a => a is { IsAtWork: true }))
                {
                    (worked, holds) = (time.GetTimestamp(), true);
                }
                else if (answers.FirstOrDefault(a => a is not null) is { } idle)
                {
                    said = $"nobody takes over: {idle.Reason}";
                }
                if (holds && time.GetElapsedTime(worked) > NobodyPatience)
                {
                    holds = false;
                    place.StartHold?.Release();
                    log.Report($"its start is not held up any longer: {said}");
                }
                return ending.IsCancellationRequested
                    && (!holds || Array.TrueForAll(answers, a => a is { IsAtWork: false }));
            },
            LongestHold,
            time,
            ct
        );
        return said;
    }

    private Task<NoticeAnswer?> TellAsync(NodeAddress agent, DeathNotice notice, CancellationToken ct) =>
        post.AskAsync(
            agent,
            FailoverPaths.Notice,
            notice,
            AgentJson.Default.DeathNotice,
            AgentJson.Default.NoticeAnswer,
            NoticePatience,
            ct
        );

    private async Task<MemberCondition> OfClosedAsync(bool hold, CancellationToken ct) =>
        Diagnosis.Of(await EvidenceAsync(isClosed: true, answers: false, hold, ct));

    private async Task<OwnServerEvidence> EvidenceAsync(bool isClosed, bool answers, bool hold, CancellationToken ct)
    {
        if (!isClosed || !_wasConnected)
        {
            return new OwnServerEvidence(_wasConnected, isClosed, answers, default, default, false, false);
        }
        var server = place.Server;
        var (client, bus) = (
            place.KnockAsync(server, KnockPatience, time, ct),
            place.KnockAsync(server with { Port = BusPort(server) }, KnockPatience, time, ct)
        );
        await Task.WhenAll(client, bus);
        var isGone = (await client, await bus) is (PortAnswer.Refused, PortAnswer.Refused);
        var (isHeld, isStarting) = isGone && hold ? Hold() : (false, false);
        return new OwnServerEvidence(true, true, false, await client, await bus, isHeld, isStarting);
    }

    private (bool IsHeld, bool IsStarting) Hold()
    {
        if (place.StartHold is not { } hold)
        {
            return (false, false);
        }
        if (hold.Take(HoldLength))
        {
            return (true, false);
        }
        hold.Release(); // a start is under way, and is not to wait for nothing
        return (false, true);
    }

    private int BusPort(NodeAddress server)
    {
        const int Offset = 10_000;
        var self = view()?.Nodes.FirstOrDefault(n => n.Flags.HasFlag(PeerFlags.Myself));
        return self is { BusPort: > 0 } ? self.BusPort : server.Port + Offset;
    }

    private async Task<bool> AnswersAsync(ValkeyConnection connection, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(PingPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await connection.SendAsync(RespCommand.Of("PING"), either.Token);
            return true;
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>The agents of all that may have to do with it: its role may have changed since the last look.</summary>
    private ImmutableArray<NodeAddress> Shard(OwnView known, NodeId node)
    {
        var primary = known.Nodes.FirstOrDefault(n => n.Id == node)?.Primary ?? node;
        return
        [
            .. known
                .Nodes.Where(n => n.Id != node && (n.Id == primary || n.Primary == primary))
                .Select(n => n.Address)
                .OfType<NodeAddress>()
                .Select(place.AgentOf)
                .OfType<NodeAddress>(),
        ];
    }

    private static DeathNotice Notice(OwnView known, NodeId node) =>
        new(
            node,
            known.Nodes.FirstOrDefault(n => n.Id == node)?.Slots ?? SlotSet.Empty,
            known.Server.IsPrimary ? known.Server.Fields.GetValueOrDefault("master_replid", "") : "",
            known.PrimariesByZone()
        );
}
