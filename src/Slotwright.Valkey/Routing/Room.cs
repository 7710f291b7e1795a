namespace Slotwright.Valkey.Routing;

/// <summary>Room for a number of commands under way; who finds none waits for a change and tries again.</summary>
internal sealed class Room(int places)
{
    private readonly Lock _gate = new();
    private int _taken;
    private TaskCompletionSource? _change;

    public bool IsEmpty => Volatile.Read(ref _taken) == 0;

    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_taken >= places)
            {
                return false;
            }
            _taken++;
            return true;
        }
    }

    public void Leave()
    {
        TaskCompletionSource? change;
        lock (_gate)
        {
            _taken--;
            (change, _change) = (_change, null);
        }
        change?.TrySetResult();
    }

    /// <summary>Ends when a place has become free since, which another may have taken by then.</summary>
    public Task ChangeAsync()
    {
        lock (_gate)
        {
            if (_taken < places)
            {
                return Task.CompletedTask;
            }
            _change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _change.Task;
        }
    }
}
