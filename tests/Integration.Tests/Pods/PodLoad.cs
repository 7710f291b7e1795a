using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>Clients that write while something happens to the pods, and say afterwards what was lost.</summary>
internal static class PodLoad
{
    /// <param name="deed">Begins once the first writes were acknowledged.</param>
    public static Task<LoadResult> RunAsync(ClusterSession session, TimeSpan duration, Func<Task> deed) =>
        LoadAround.RunAsync(
            session,
            LoadOptions.Default with
            {
                Duration = duration,
            },
            new Random(),
            _ => deed(),
            default
        );
}
