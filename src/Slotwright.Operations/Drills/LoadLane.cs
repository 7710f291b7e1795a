using Slotwright.Core.Drills;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Resp;
using Slotwright.Valkey.Routing;

namespace Slotwright.Operations.Drills;

/// <summary>
/// One client's work on one shard: it begins each operation when it is due, whether others were answered or not, but
/// no more at a time than the pipeline takes. What could not begin until shortly before the end of its budget has
/// failed. Latency counts from the moment when an operation was due; where the lane overslept although nothing held
/// it up, from when it woke.
/// </summary>
/// <param name="waitReplicas">Replicas that its writes are to be confirmed by; 0 for no WAIT.</param>
/// <param name="connectionOf">Tells by which connection a slot would be reached now.</param>
internal sealed class LoadLane(
    LoadOptions options,
    LoadCommands commands,
    LoadShard shard,
    int waitReplicas,
    LoadKey[] keys,
    Pace pace,
    RunClock clock,
    SendRouted send,
    Func<int, object?> connectionOf
)
{
    /// <summary>What begins later could hardly end in its budget: under overload, all that is sent would be in vain.</summary>
    private static readonly TimeSpan LatestBegin = LoadOptions.Budget - TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly LaneCounts _counts = new();
    private readonly WaitTurns _waits = new(waitReplicas);
    private readonly Wakeup _wakeup = new();
    private int _nextKey;
    private int _underWay;
    private bool _wasRead;
    private Exception? _bug;

    public LoadShard Shard => shard;

    /// <summary>
    /// Ends when everything that was due before the end of the run is answered or has failed. Its token ends it at once:
    /// what is under way has failed, what had not begun does not count.
    /// </summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await BeginAllAsync(ct);
        }
        catch (OperationCanceledException)
        {
            // what is under way ends by the same token
        }
        await DrainAsync();
    }

    /// <summary>Adds what was counted since the last time.</summary>
    public void MoveCountsTo(LaneCounts sum)
    {
        lock (_gate)
        {
            _counts.MoveTo(sum);
        }
    }

    /// <summary>What its reads have found out so far.</summary>
    public RingCounts Found()
    {
        lock (_gate)
        {
            return keys.Aggregate(default(RingCounts), (sum, key) => sum + key.Ring.Counts);
        }
    }

    private async Task BeginAllAsync(CancellationToken ct)
    {
        var wasHeldUp = false;
        for (long begun = 0; ; )
        {
            ct.ThrowIfCancellationRequested();
            var change = _wakeup.Next();
            var now = clock.Elapsed;
            var due = Math.Min(pace.DueBy(now), pace.DueBefore(clock.End));
            while (begun < due && !ct.IsCancellationRequested && TryBegin(pace.At(begun), now, wasHeldUp, ct))
            {
                begun++;
            }
            wasHeldUp = begun < due;
            if (wasHeldUp)
            {
                await clock.WaitAsync(change, pace.At(begun) + LatestBegin, ct);
            }
            else if (now < clock.End)
            {
                var next = pace.At(begun);
                await clock.SleepAsync(next < clock.End ? next : clock.End, ct);
            }
            else
            {
                return;
            }
        }
    }

    private async Task DrainAsync()
    {
        while (true)
        {
            var change = _wakeup.Next();
            lock (_gate)
            {
                if (_bug is not null)
                {
                    throw new InvalidOperationException("an operation ended in a way that was not foreseen", _bug);
                }
                if (_underWay == 0)
                {
                    return;
                }
            }
            await change;
        }
    }

    /// <returns>False where it must wait: too much is under way, or no key has anything to do.</returns>
    private bool TryBegin(TimeSpan due, TimeSpan now, bool wasHeldUp, CancellationToken ct)
    {
        var lateness = now - due;
        RingAction action;
        LoadKey key;
        long number;
        lock (_gate)
        {
            if (lateness > LatestBegin)
            {
                _counts.Attempted++;
                _counts.Failed++;
                _counts.Failures.Record(FailureReason.NotBegun);
                shard.Ended(due, null);
                return true;
            }
            if (_underWay >= options.Pipeline)
            {
                return false;
            }
            (action, key, number) = Take();
            if (action == RingAction.None)
            {
                return false;
            }
            _underWay++;
        }
        var start = wasHeldUp ? due : now;
        _ = CarryAsync(action, key, number, start, LoadOptions.Budget - (now - start), ct);
        return true;
    }

    /// <summary>
    /// The next key's turn. After a read a write is preferred, so that reads which come in waves make no gap between
    /// writes.
    /// </summary>
    private (RingAction Action, LoadKey Key, long Number) Take()
    {
        var taken = _wasRead ? TakeOf(static key => !key.Ring.IsReadDue) : default;
        if (taken.Action == RingAction.None)
        {
            taken = TakeOf(static _ => true);
        }
        _wasRead = taken.Action == RingAction.Read;
        return taken;
    }

    private (RingAction Action, LoadKey Key, long Number) TakeOf(Func<LoadKey, bool> suits)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            var key = keys[(_nextKey + i) % keys.Length];
            key.UseBy(connectionOf(key.Slot));
            if (suits(key) && key.Ring.Next(out var number) is var action && action != RingAction.None)
            {
                _nextKey = (_nextKey + i + 1) % keys.Length;
                return (action, key, number);
            }
        }
        return (RingAction.None, keys[0], 0);
    }

    private async Task CarryAsync(
        RingAction action,
        LoadKey key,
        long number,
        TimeSpan start,
        TimeSpan budget,
        CancellationToken ct
    )
    {
        try
        {
            if (action == RingAction.Read)
            {
                await ReadAsync(key, start, budget, ct);
            }
            else if (await WriteAsync(key, number, start, budget, ct) < commands.Length)
            {
                await TrySendAsync(key, commands.Lengthen(key), null, LoadOptions.Budget, ct);
                await TrySendAsync(key, commands.Expire(key), null, LoadOptions.Budget, ct);
            }
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _bug = e;
            }
        }
        lock (_gate)
        {
            _underWay--;
        }
        _wakeup.Changed();
    }

    private async Task ReadAsync(LoadKey key, TimeSpan start, TimeSpan budget, CancellationToken ct)
    {
        var (routed, reason) = await TrySendAsync(key, LoadCommands.Read(key), null, budget, ct);
        var reply = routed?.Reply;
        var at = clock.Elapsed;
        lock (_gate)
        {
            _counts.Reads++;
            if (reply is RespValue.Bulk or RespValue.Null)
            {
                _counts.Latency.Record(at - start);
                shard.Ended(start, at - start);
                key.Ring.ReadShowed(reply is RespValue.Bulk value ? value.Bytes.Span : [], options.ValueSize);
            }
            else
            {
                _counts.FailedReads++;
                _counts.Failures.Record(ReasonOf(reply) ?? reason);
                shard.Ended(start, null);
                key.Ring.ReadFailed();
            }
        }
    }

    /// <returns>The length of the key's value afterwards: too small where the key had been gone.</returns>
    private async Task<long> WriteAsync(LoadKey key, long number, TimeSpan start, TimeSpan budget, CancellationToken ct)
    {
        bool waits;
        lock (_gate)
        {
            waits = _waits.Take(clock.Elapsed);
        }
        var (routed, reason) = await TrySendAsync(
            key,
            commands.Write(key, number),
            waits ? commands.Wait : null,
            budget,
            ct
        );
        var at = clock.Elapsed;
        var length = routed?.Reply is RespValue.Integer integer ? integer.Value : (long?)null;
        lock (_gate)
        {
            _counts.Attempted++;
            var isConfirmed = waits && _waits.Told(at, length is null ? null : routed!.Value.Then);
            if (length is null)
            {
                _counts.Failed++;
                _counts.Failures.Record(ReasonOf(routed?.Reply) ?? reason);
                shard.Ended(start, null);
                key.Ring.Failed(number);
                key.Ring.Doubt();
                return commands.Length;
            }
            _counts.Acknowledged++;
            _counts.Confirmed += isConfirmed ? 1 : 0;
            _counts.Latency.Record(at - start);
            shard.Ended(start, at - start);
            key.Ring.Acknowledged(number, isConfirmed, routed!.Value.Unanswered > 0);
            if (length < commands.Length)
            {
                key.Ring.Doubt();
            }
        }
        shard.Acknowledged(
            routed!.Value.By,
            clock.At(routed.Value.SentAt),
            waits ? clock.At(routed.Value.AnsweredAt) : at
        );
        return length.Value;
    }

    private static FailureReason ReasonOf(string? code) =>
        code switch
        {
            RoutingTrouble.NoConnection => FailureReason.NoConnection,
            RoutingTrouble.NoAnswer or null => FailureReason.NoAnswer,
            _ => FailureReasons.OfCode(code),
        };

    /// <summary>Of a reply that is not what was asked for; null where there is none.</summary>
    private static FailureReason? ReasonOf(RespValue? reply) =>
        reply is null ? null : FailureReasons.OfCode((reply as RespValue.Error)?.Code);

    /// <returns>The reply, or why there is none.</returns>
    private async ValueTask<(RoutedReply? Routed, FailureReason Reason)> TrySendAsync(
        LoadKey key,
        RespCommand command,
        RespCommand? then,
        TimeSpan budget,
        CancellationToken ct
    )
    {
        try
        {
            return (await send(key.Slot, command, then, budget, ct), default);
        }
        catch (OperationFailedException e)
        {
            return (null, ReasonOf(e.Code));
        }
        catch (OperationCanceledException)
        {
            return (null, FailureReason.Interrupted);
        }
    }
}
