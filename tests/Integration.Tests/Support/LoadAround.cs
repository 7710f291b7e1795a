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
        CancellationToken ct,
        IProgress<LoadSnapshot>? watcher = null
    )
    {
        var run = new LoadRun(session, options, random);
        var begun = new Begun(watcher);
        var load = run.RunAsync(begun, ct);
        await Task.WhenAny(begun.Task, load);
        await deed(run);
        return await load;
    }

    /// <summary>The load ends with the deed.</summary>
    public static Task<LoadResult> UntilDoneAsync(
        ClusterSession session,
        LoadOptions options,
        Random random,
        Func<Task> deed,
        CancellationToken ct,
        IProgress<LoadSnapshot>? watcher = null
    ) =>
        RunAsync(
            session,
            options,
            random,
            async run =>
            {
                try
                {
                    await deed();
                }
                finally
                {
                    run.Finish();
                }
            },
            ct,
            watcher
        );

    private sealed class Begun(IProgress<LoadSnapshot>? watcher) : IProgress<LoadSnapshot>
    {
        private readonly TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Task => _source.Task;

        public void Report(LoadSnapshot value)
        {
            watcher?.Report(value);
            if (value.Acknowledged > 0)
            {
                _source.TrySetResult();
            }
        }
    }
}
