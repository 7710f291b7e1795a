using Slotwright.Operations.Drills;

namespace Slotwright.Bench;

/// <summary>Tells when the first write of a load was acknowledged.</summary>
internal sealed class LoadBegun : IProgress<LoadSnapshot>
{
    private readonly TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _source.Task;

    public void Report(LoadSnapshot value)
    {
        if (value.Acknowledged > 0)
        {
            _source.TrySetResult();
        }
    }
}
