using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;

namespace Slotwright.Integration.Tests.Support;

/// <summary>Something done to a cluster while clients write to it and read back.</summary>
internal static class UnderLoad
{
    /// <summary>Begins the deed when operations have begun, and ends the load when it is done.</summary>
    public static async Task<LoadResult> RunAsync(TestCluster cluster, Func<Task> deed)
    {
        await using var session = new ClusterSession(cluster.Host, null, TimeProvider.System);
        var run = new LoadRun(session, LoadOptions.Default with { Duration = TimeSpan.FromMinutes(2) }, new Random(1));
        var begun = new Begun();
        var load = run.RunAsync(begun, default);
        try
        {
            await Task.WhenAny(begun.Task, load);
            await deed();
        }
        finally
        {
            run.Finish();
        }
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
