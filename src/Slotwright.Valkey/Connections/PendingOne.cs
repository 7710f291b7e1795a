using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Connections;

/// <summary>Waits for one reply. It is its own completion source, to save an allocation a command.</summary>
internal sealed class PendingOne : TaskCompletionSource<RespValue>, IPendingReply
{
    private readonly RespCommand _command;
    private readonly string _label;
    private readonly CancellationTokenRegistration _cancellation;
    private RespValue? _reply;

    public PendingOne(RespCommand command, string label, CancellationToken ct)
    {
        _command = command;
        _label = label;
        _cancellation = ct.UnsafeRegister(static (self, token) => ((PendingOne)self!).TrySetCanceled(token), this);
    }

    public bool Take(RespValue reply)
    {
        _reply = reply;
        return true;
    }

    public void Complete()
    {
        _cancellation.Unregister();
        _ =
            _reply is RespValue.Error && Refusal.OfCommand(_reply, _label, _command.Title) is { } refusal
                ? TrySetException(refusal)
                : TrySetResult(_reply!);
    }

    public void Fail(Breakage breakage)
    {
        _cancellation.Unregister();
        TrySetException(breakage.ToException(_label, _command.Title));
    }
}
