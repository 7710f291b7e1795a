using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Connections;

/// <summary>Waits for the replies of a batch, and wakes its caller once.</summary>
internal sealed class PendingMany : TaskCompletionSource<ImmutableArray<RespValue>>, IPendingReply
{
    private readonly ImmutableArray<RespCommand> _commands;
    private readonly RespValue[] _replies;
    private readonly string _label;
    private readonly CancellationTokenRegistration _cancellation;
    private Exception? _refusal;
    private int _taken;

    public PendingMany(ImmutableArray<RespCommand> commands, string label, CancellationToken ct)
    {
        _commands = commands;
        _replies = new RespValue[commands.Length];
        _label = label;
        _cancellation = ct.UnsafeRegister(static (self, token) => ((PendingMany)self!).TrySetCanceled(token), this);
    }

    public bool Take(RespValue reply)
    {
        if (reply is RespValue.Error)
        {
            _refusal ??= Refusal.OfCommand(reply, _label, _commands[_taken].Title);
        }
        _replies[_taken++] = reply;
        return _taken == _replies.Length;
    }

    public void Complete()
    {
        _cancellation.Unregister();
        _ = _refusal is null
            ? TrySetResult(ImmutableCollectionsMarshal.AsImmutableArray(_replies))
            : TrySetException(_refusal);
    }

    public void Fail(Breakage breakage)
    {
        if (_taken == _replies.Length)
        {
            return; // all replies are there: its reader is about to complete it
        }
        _cancellation.Unregister();
        TrySetException(breakage.ToException(_label, _commands[_taken].Title));
    }
}
