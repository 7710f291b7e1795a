using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;

namespace Slotwright.Integration.Tests.Support;

/// <summary>Load, and a deed in the middle of it.</summary>
internal static class LoadAround
{
    /// <param name="deed">Begins when the first write was acknowledged; may end the load before its time.</param>
    public static async Task<LoadResult> RunAsync(
        ClusterSession session,
        LoadOptions options,
        Random random,
        Func<LoadRun, Task> deed,
        CancellationToken ct
    )
    {
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
