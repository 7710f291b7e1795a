namespace Slotwright.Operations.Drills;

/// <summary>Wakes whoever waits for the next change.</summary>
internal sealed class Wakeup
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _next;

    /// <summary>Ends at the next change; taken before looking at what may change, none is missed.</summary>
    public Task Next()
    {
        lock (_gate)
        {
            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _next.Task;
        }
    }

    public void Changed()
    {
        TaskCompletionSource? next;
        lock (_gate)
        {
            (next, _next) = (_next, null);
        }
        next?.TrySetResult();
    }
}
