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
        return await LoadAround.UntilDoneAsync(
            session,
            LoadOptions.Default with
            {
                Duration = TimeSpan.FromMinutes(2),
            },
            new Random(1),
            deed,
            default
        );
    }
}
