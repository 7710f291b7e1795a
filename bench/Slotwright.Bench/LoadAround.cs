using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Targets;

namespace Slotwright.Bench;

/// <summary>Load, and a deed in the middle of it.</summary>
internal static class LoadAround
{
    /// <param name="deed">Begins when the first write was acknowledged; may end the load before its time.</param>
    public static async Task<LoadResult> RunAsync(
        IClusterTarget target,
        LoadOptions options,
        Random random,
        Func<LoadRun, Task> deed,
        CancellationToken ct
    )
    {
        await using var session = new ClusterSession(target, null, TimeProvider.System);
        var run = new LoadRun(session, options, random);
        var begun = new Begun();
        var load = run.RunAsync(begun, ct);
        await Task.WhenAny(begun.Task, load);
        await deed(run);
        return await load;
    }

    private sealed class Begun : IProgress<LoadSnapshot>
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
}
