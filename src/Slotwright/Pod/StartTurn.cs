using Slotwright.Local.Fencing;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// The first thing of a start: it lets its agent see that it is under way, and waits while the agents of its shard decide who
/// takes over from the server that died before it.
/// </summary>
internal static class StartTurn
{
    /// <summary>The lock stays with this process and with the server that takes its place.</summary>
    public static async Task TakeAsync(PodEnvironment pod, PodLog log, TimeProvider time, CancellationToken ct)
    {
        Directory.CreateDirectory(pod.Paths.Run);
        if (!StartHold.KeepRunning(pod.Paths.Running))
        {
            log.Report($"{pod.Paths.Running} is held by another process");
        }
        var held = await StartHold.WaitAsync(pod.Paths.StartHold, time, ct);
        if (held > TimeSpan.FromMilliseconds(1))
        {
            log.Report($"waited {held.TotalMilliseconds:0} ms for the shard's agents to decide who takes over");
        }
    }
}
