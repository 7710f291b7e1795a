using System.Collections.Concurrent;
using System.Globalization;
using Slotwright.Operations.Drills;
using Slotwright.Valkey.Resp;
using Slotwright.Valkey.Routing;

namespace Slotwright.Unit.Tests.Drills;

/// <summary>What a lane sends to: keeps values, and answers at once unless it is told to hang.</summary>
internal sealed class FakeShard
{
    private readonly ConcurrentDictionary<string, byte[]> _values = new(StringComparer.Ordinal);
    private TaskCompletionSource _running = Completed();

    /// <summary>Commands that were sent, answered or not.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>What WAIT answers.</summary>
    public long Replicas { get; set; } = 1;

    /// <summary>Answers in place of the shard where it gives a reply.</summary>
    public Func<string, RespValue?> Answer { get; set; } = _ => null;

    /// <summary>Whose timestamps the replies have.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public object Connection { get; set; } = new();

    public int Count(string command) => Log.Count(c => c == command);

    public void Hang() => _running = new TaskCompletionSource();

    public void Resume() => _running.TrySetResult();

    public void Make(LoadKey key, int size) =>
        _values[System.Text.Encoding.ASCII.GetString(key.Name.Span)] = new byte[size];

    public byte[] ValueOf(LoadKey key) =>
        _values.GetValueOrDefault(System.Text.Encoding.ASCII.GetString(key.Name.Span), []);

    public void Forget() => _values.Clear();

    public async ValueTask<RoutedReply> SendAsync(
        int slot,
        RespCommand command,
        RespCommand? then,
        TimeSpan budget,
        CancellationToken ct
    )
    {
        Log.Enqueue(command.Name);
        await _running.Task.WaitAsync(ct);
        var reply = Answer(command.Name) ?? Carry(command);
        if (then is not null)
        {
            Log.Enqueue(then.Name);
        }
        return new RoutedReply(reply, then is null ? null : RespValue.Integer.Of(Replicas), default, 1, 0)
        {
            SentAt = Time.GetTimestamp(),
            AnsweredAt = Time.GetTimestamp(),
        };
    }

    private RespValue Carry(RespCommand command)
    {
        var key = Text(command, 1);
        switch (command.Name)
        {
            case "SETRANGE":
                var offset = int.Parse(Text(command, 2), CultureInfo.InvariantCulture);
                var bytes = command.Arguments[3];
                var value = _values.GetValueOrDefault(key, []);
                Array.Resize(ref value, Math.Max(value.Length, offset + bytes.Length));
                bytes.Span.CopyTo(value.AsSpan(offset));
                _values[key] = value;
                return RespValue.Integer.Of(value.Length);
            case "GET":
                return _values.TryGetValue(key, out var known)
                    ? new RespValue.Bulk(known.ToArray())
                    : RespValue.Null.Instance;
            default:
                return RespValue.Integer.Of(1);
        }
    }

    private static string Text(RespCommand command, int index) =>
        System.Text.Encoding.ASCII.GetString(command.Arguments[index].Span);

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
