using Slotwright.Core.Drills;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>A load on a rehearsed release.</summary>
internal static class RehearsedLoad
{
    public static ClusterSession Session(PodRehearsal rehearsal, string secret, string key) =>
        new(new RehearsalTarget(rehearsal, secret, key), null, TimeProvider.System);

    /// <summary>For as long as a deed takes that begins when operations have begun.</summary>
    public static Task<Ledger> RunAsync(ClusterSession session, Func<Task> deed) => RunAsync(session, _ => deed());

    /// <summary>For as long as a deed takes that is told when the first operation has failed.</summary>
    public static async Task<Ledger> RunAsync(ClusterSession session, Func<Task, Task> deed)
    {
        var options = LoadOptions.Default with { Duration = TimeSpan.FromMinutes(2), Rate = 300 };
        var run = new LoadRun(session, options, new Random());
        var (begun, failed) = (NewSource(), NewSource());
        var load = run.RunAsync(new Begun(begun, failed), default);
        await Task.WhenAny(begun.Task, load);
        try
        {
            await deed(failed.Task);
        }
        finally
        {
            run.Finish();
        }
        return (await load).Ledger;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Begun(TaskCompletionSource begun, TaskCompletionSource failed) : IProgress<LoadSnapshot>
    {
        public void Report(LoadSnapshot value)
        {
            if (value.Acknowledged > 0)
            {
                begun.TrySetResult();
            }
            if (value.Failed > 0)
            {
                failed.TrySetResult();
            }
        }
    }
}
