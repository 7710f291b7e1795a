using System.Collections.Concurrent;
using Slotwright.Core.Failures;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Resp;
using Slotwright.Valkey.Routing;

namespace Slotwright.Operations.Drills;

/// <summary>One client's keys in one shard: made before a run, read back and deleted after it.</summary>
internal sealed class LoadSeat(
    LoadOptions options,
    LoadCommands commands,
    ClusterClient client,
    LoadShard shard,
    int waitReplicas,
    LoadKey[] keys,
    TimeProvider time
)
{
    /// <summary>How long a read may show older data than another did, before that counts.</summary>
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(1);

    public LoadKey[] Keys => keys;

    public LoadLane ToLane(Pace pace, RunClock clock) =>
        new(options, commands, shard, waitReplicas, keys, pace, clock, client.SendAsync, client.ConnectionOf);

    /// <returns>Null where at least one key was made; else why not.</returns>
    public async Task<string?> MakeKeysAsync(CancellationToken ct)
    {
        var made = 0;
        var isDead = false;
        string? trouble = null;
        await ForEachAsync(
            keys,
            async key =>
            {
                if (Volatile.Read(ref isDead))
                {
                    return; // a write makes it where the shard comes back
                }
                switch (await TrySendAsync(key, commands.Create(key), LoadOptions.Budget, ct))
                {
                    case (RespValue.Error error, _):
                        trouble = error.Text;
                        break;
                    case (null, var why):
                        trouble = why;
                        Volatile.Write(ref isDead, true);
                        break;
                    default:
                        Interlocked.Increment(ref made);
                        break;
                }
            },
            ct
        );
        return made > 0 ? null : trouble;
    }

    /// <summary>
    /// Reads every key with an acknowledged write until it is answered, and again those that seem to miss something; closes their books. Ended by
    /// its token, it closes the books of what was not answered as not judged.
    /// </summary>
    public async Task ReadBackAsync(CancellationToken ct)
    {
        var read = new ConcurrentDictionary<LoadKey, bool>();
        try
        {
            var written = keys.Where(k => k.Ring.HasAcknowledged).ToArray(); // the others have nothing to lose
            await ForEachAsync(
                written,
                async key => read[key] = await ReadAsync(key, options.ReadBackPatience, ct),
                ct
            );
            await LookAgainAsync(ct);
        }
        catch (OperationCanceledException)
        {
            // told by what was read
        }
        foreach (var key in keys)
        {
            key.Ring.Close(read.GetValueOrDefault(key));
        }
    }

    /// <returns>How many could not be deleted.</returns>
    public async Task<int> DeleteKeysAsync(CancellationToken ct)
    {
        var left = keys.Length;
        try
        {
            await ForEachAsync(
                keys,
                async key =>
                {
                    if (
                        await TrySendAsync(key, LoadCommands.Delete(key), LoadOptions.Budget, ct) is
                        (RespValue.Integer, _)
                    )
                    {
                        Interlocked.Decrement(ref left);
                    }
                },
                ct
            );
        }
        catch (OperationCanceledException)
        {
            // told by what is left
        }
        return left;
    }

    private Task<bool> LookAgainAsync(CancellationToken ct) =>
        Wait.UntilAsync(
            async token =>
            {
                var suspects = keys.Where(k => k.Ring.HasSuspects).ToArray();
                await ForEachAsync(suspects, async key => await ReadAsync(key, SecondLook, token), token);
                return !keys.Any(k => k.Ring.HasSuspects);
            },
            SecondLook,
            time,
            ct
        );

    private async Task<bool> ReadAsync(LoadKey key, TimeSpan patience, CancellationToken ct)
    {
        key.Ring.BeginRead();
        var (reply, _) = await TrySendAsync(key, LoadCommands.Read(key), patience, ct);
        if (reply is RespValue.Bulk or RespValue.Null)
        {
            key.Ring.ReadShowed(reply is RespValue.Bulk value ? value.Bytes.Span : [], options.ValueSize);
            return true;
        }
        key.Ring.ReadFailed();
        return false;
    }

    private async Task<(RespValue? Reply, string? Trouble)> TrySendAsync(
        LoadKey key,
        RespCommand command,
        TimeSpan budget,
        CancellationToken ct
    )
    {
        try
        {
            return ((await client.SendAsync(key.Slot, command, null, budget, ct)).Reply, null);
        }
        catch (OperationFailedException e)
        {
            return (null, e.Message);
        }
    }

    private Task ForEachAsync(LoadKey[] some, Func<LoadKey, ValueTask> action, CancellationToken ct) =>
        Parallel.ForEachAsync(
            some,
            new ParallelOptions { MaxDegreeOfParallelism = options.Pipeline, CancellationToken = ct },
            (key, _) => action(key)
        );
}
