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
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
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
        if (_taken < _replies.Length)
        {
            return false;
        }
        _cancellation.Unregister();
        _ = _refusal is null
            ? TrySetResult(ImmutableCollectionsMarshal.AsImmutableArray(_replies))
            : TrySetException(_refusal);
        return true;
    }

    public void Fail(Breakage breakage)
    {
        if (_taken == _replies.Length)
        {
            return; // its caller, whom the last reply woke, was faster to close the connection than the reader to go on
        }
        _cancellation.Unregister();
        TrySetException(breakage.ToException(_label, _commands[_taken].Title));
    }
}
