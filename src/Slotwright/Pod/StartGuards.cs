using System.Collections.Immutable;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// What is looked at before a server starts, at every start of its container: the kubelet does not run init
/// containers again when a container restarts.
/// </summary>
internal static class StartGuards
{
    private static readonly ImmutableArray<Func<PodEnvironment, PodLog, TimeProvider, CancellationToken, Task>> All =
    [
        PasswordGuard.RunAsync,
        FilesGuard.RunAsync,
        AddressGuard.RunAsync,
    ];

    public static async Task RunAsync(PodEnvironment pod, PodLog log, TimeProvider time, CancellationToken ct)
    {
        foreach (var guard in All)
        {
            await guard(pod, log, time, ct);
        }
    }
}
