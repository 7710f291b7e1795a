using Slotwright.Local.Processes;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// What is looked at before a server starts, at every start of its container: the kubelet does not run init
/// containers again when a container restarts.
/// </summary>
internal static class StartGuards
{
    /// <summary>
    /// The fence comes before the files are prepared: what it judges is the disk as the last server left it, also where an
    /// earlier start was cut off.
    /// </summary>
    public static async Task RunAsync(
        PodEnvironment pod,
        PodLog log,
        Random random,
        TimeProvider time,
        CancellationToken ct
    )
    {
        await SideServer.EndLeftAsync(pod.Paths.VoterLock, time, ct);
        await PasswordGuard.RunAsync(pod, log, time, ct);
        await AddressGuard.RunAsync(pod, log, time, ct);
        await FenceGuard.RunAsync(pod, log, random, time, ct);
        await FilesGuard.RunAsync(pod, log, time, ct);
    }
}
