using Slotwright.Core.Drills;
using Slotwright.Core.Planning.Waves;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Waves;

namespace Slotwright.Integration.Tests.Waves;

/// <summary>Rolling operations on a test's cluster, with and without load on it.</summary>
internal static class Rolling
{
    public static async Task<RollingReport> RunAsync(
        TestCluster cluster,
        RollingKind kind,
        string? version = null,
        WaveWish? wish = null,
        ChangeOptions? options = null
    )
    {
        await using var session = new ClusterSession(cluster.Host, null, TimeProvider.System);
        return await new RollingOperation(
            session,
            cluster.Host,
            new RollingWish(kind, version, wish ?? WaveWish.Default),
            options ?? new ChangeOptions()
        ).RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Load from before the deed until after it, and its ledger.</summary>
    public static Task<Ledger> UnderLoadAsync(TestCluster cluster, Func<Task> deed) =>
        UnderLoadAsync(cluster, _ => deed());

    /// <param name="deed">Takes how many operations have failed so far.</param>
    public static async Task<Ledger> UnderLoadAsync(TestCluster cluster, Func<Func<long>, Task> deed)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var session = new ClusterSession(cluster.Host, null, TimeProvider.System);
        var failures = new Failures();
        var result = await LoadAround.UntilDoneAsync(
            session,
            LoadOptions.Default with
            {
                Rate = 500,
                Duration = TimeSpan.FromMinutes(5),
            },
            new Random(7),
            () => deed(() => failures.Count),
            ct,
            failures
        );
        return result.Ledger;
    }

    /// <summary>The versions that members run, oldest first.</summary>
    public static async Task<string[]> VersionsAsync(TestCluster cluster) =>
        [
            .. (await cluster.ObserveAsync())
                .Views.Select(v => v.Report!.Server.Version)
                .Select(v => $"{v.Major}.{v.Minor}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>How often a replica has copied everything from one that runs now, since that was started.</summary>
    public static async Task<int> FullCopiesAsync(TestCluster cluster) =>
        (await cluster.ObserveAsync()).Views.Sum(v =>
            int.Parse(v.Report!.Server.Fields["sync_full"], System.Globalization.CultureInfo.InvariantCulture)
        );

    private sealed class Failures : IProgress<LoadSnapshot>
    {
        public long Count { get; private set; }

        public void Report(LoadSnapshot value) => Count = value.Failed;
    }
}
