using System.Collections.Immutable;
using Slotwright.Core.Planning.Waves;
using Slotwright.Local.Hosting;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Drills;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Waves;

namespace Slotwright.Bench.Upgrade;

/// <summary>Rolling restarts and upgrades under load: waves against the order of a preStop hook, on the same servers.</summary>
internal sealed class UpgradeBenchmark(BenchOptions options, StateRoot root)
{
    private const string Name = "bench";
    private const long MiB = 1 << 20;

    private static readonly TimeSpan Loading = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(BenchOptions options, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("slotwright-bench-");
        try
        {
            await new UpgradeBenchmark(options, new StateRoot(folder.FullName)).RunAllAsync(ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ImmutableArray<UpgradeCase> Cases(bool quick)
    {
        var (data, rate) = quick ? (16 * MiB, 500) : (256 * MiB, 2000);
        ImmutableArray<UpgradeCase> six =
        [
            .. from version in new[] { ("restart 9.1", "9.1", null as string), ("8.1 to 9.1", "8.1", "9.1") }
            from way in new[] { UpgradeWay.Waves, UpgradeWay.PreStopOrder }
            select new UpgradeCase(version.Item1, version.Item2, version.Item3, 6, data, rate, way),
        ];
        var many = quick ? 12 : 60;
        return
        [
            .. six,
            .. from load in new[] { TimeSpan.Zero, Loading }
            from way in new[] { UpgradeWay.Waves, UpgradeWay.OneByOne }
            select new UpgradeCase($"restart, {many} members{Words(load)}", "9.1", null, many, MiB, 0, way)
            {
                LoadTime = load,
            },
        ];

        static string Words(TimeSpan load) => load > TimeSpan.Zero ? $" that load for {load.TotalSeconds:0} s" : "";
    }

    private async Task RunAllAsync(CancellationToken ct)
    {
        var results = ImmutableArray.CreateBuilder<UpgradeResult>();
        foreach (var one in Cases(options.Quick))
        {
            var result = await RunAsync(one, ct);
            results.Add(result);
            Terminal.Complain(
                $"{one.Title}, {UpgradeReport.Words(one.Way)}: {result.Took.TotalSeconds:0.0} s, {result.Failed} failed, {result.Lost} lost, {result.FullSyncs} full copies"
            );
        }
        UpgradeReport.Of(results.ToImmutable()).Publish(options);
    }

    private async Task<UpgradeResult> RunAsync(UpgradeCase one, CancellationToken ct)
    {
        var server = await ServerLocator.OfThisMachine(TimeProvider.System).FindAsync(one.From, new Talk(), ct);
        var host = new LocalClusters(root, TimeProvider.System).Host(Name);
        try
        {
            await host.CreateAsync(
                new LocalSpec
                {
                    Name = Name,
                    Members = one.Members,
                    OwnAddresses = true,
                    Settings = Settings(one),
                },
                server,
                ct
            );
            await using var session = new ClusterSession(host, given: null, TimeProvider.System);
            await new BootstrapOperation(session, host, new BootstrapOptions()).RunAsync(ct);
            await Filling.RunAsync(session, one.DataPerShard, ct);
            return await MeasureAsync(one, session, host, ct);
        }
        finally
        {
            if (host.Exists)
            {
                await host.EndAsync(CancellationToken.None);
                await host.PurgeAsync(CancellationToken.None);
            }
        }
    }

    private static ImmutableSortedDictionary<string, string> Settings(UpgradeCase one) =>
        one.LoadTime == TimeSpan.Zero
            ? ImmutableSortedDictionary<string, string>.Empty
            : ImmutableSortedDictionary<string, string>.Empty.Add(
                "key-load-delay",
                $"{one.LoadTime.TotalMicroseconds / Filling.Keys(one.DataPerShard):0}"
            );

    private static async Task<UpgradeResult> MeasureAsync(
        UpgradeCase one,
        ClusterSession session,
        LocalHost host,
        CancellationToken ct
    )
    {
        await using var watching = new ClusterSession(host, given: null, TimeProvider.System);
        await using var loading = new ClusterSession(host, given: null, TimeProvider.System);
        var meter = new SyncMeter(watching);
        await meter.BeginAsync(ct);
        using var over = new CancellationTokenSource();
        var watch = one.Members > 6 ? Task.CompletedTask : meter.WatchAsync(over.Token);
        var run = new LoadRun(
            loading,
            LoadOptions.Default with
            {
                Rate = Math.Max(1, one.WritesPerSecond),
                Duration = TimeSpan.FromHours(1),
            },
            new Random(1)
        );
        var load = one.WritesPerSecond > 0 ? run.RunAsync(null, ct) : null;
        var start = TimeProvider.System.GetTimestamp();
        await ActAsync(one, session, host, ct);
        var took = TimeProvider.System.GetElapsedTime(start);
        run.Finish();
        await over.CancelAsync();
        await watch;
        var ledger = load is null ? null : (await load).Ledger;
        return new UpgradeResult(
            one,
            took,
            ledger?.Acknowledged ?? 0,
            ledger?.Failed ?? 0,
            ledger?.Found.Lost ?? 0,
            ledger?.WorstGap is { } worst ? worst.LongestGap.Length : TimeSpan.Zero,
            meter.FullSyncs,
            meter.Copied
        );
    }

    private static Task ActAsync(UpgradeCase one, ClusterSession session, LocalHost host, CancellationToken ct) =>
        one.Way == UpgradeWay.PreStopOrder
            ? PreStopOrder.RunAsync(session, host, one.To, ct)
            : RollAsync(one, session, host, ct);

    /// <summary>An upgrade with its commit, so that both ways end at the same.</summary>
    private static async Task RollAsync(UpgradeCase one, ClusterSession session, LocalHost host, CancellationToken ct)
    {
        var wish = new WaveWish { MaxParallel = one.Way == UpgradeWay.OneByOne ? 1 : null };
        foreach (var kind in one.To is null ? new[] { RollingKind.Restart } : [RollingKind.Upgrade, RollingKind.Commit])
        {
            await new RollingOperation(
                session,
                host,
                new RollingWish(kind, kind == RollingKind.Upgrade ? one.To : null, wish),
                new ChangeOptions { Told = Terminal.Complain }
            ).RunAsync(ct);
        }
    }

    private sealed class Talk : IProgress<string>
    {
        public void Report(string value) => Terminal.Complain(value);
    }
}
