namespace Slotwright.Operations.Drills;

/// <summary>Tells when the operations of a load begin, and passes on how it goes.</summary>
internal sealed class LoadStart(IProgress<LoadSnapshot> next) : IProgress<LoadSnapshot>
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => _begun.Task;

    public void Report(LoadSnapshot value)
    {
        _begun.TrySetResult();
        next.Report(value);
    }
}
