using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>Clients that write while something happens to the pods, and say afterwards what was lost.</summary>
internal static class PodLoad
{
    /// <param name="deed">Begins once the first writes were acknowledged.</param>
    public static async Task<LoadResult> RunAsync(ClusterSession session, TimeSpan duration, Func<Task> deed)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new LoadRun(session, LoadOptions.Default with { Duration = duration }, new Random());
        var load = run.RunAsync(new Begun(begun), default);
        await Task.WhenAny(begun.Task, load);
        await deed();
        return await load;
    }

    private sealed class Begun(TaskCompletionSource source) : IProgress<LoadSnapshot>
    {
        public void Report(LoadSnapshot value)
        {
            if (value.Acknowledged > 0)
            {
                source.TrySetResult();
            }
        }
    }
}
