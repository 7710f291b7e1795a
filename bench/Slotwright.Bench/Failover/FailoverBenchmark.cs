using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Local.State;
using Slotwright.Operations.Running;

namespace Slotwright.Bench.Failover;

/// <summary>How long writes wait when a primary goes, by plan or not, with agents and without.</summary>
internal sealed class FailoverBenchmark(BenchOptions options, string program, StateRoot root, string server)
{
    private static readonly TimeSpan Replaced = TimeSpan.FromSeconds(60);

    /// <exception cref="InvalidOperationException">A cluster did not become well.</exception>
    public static async Task RunAsync(BenchOptions options, CancellationToken ct)
    {
        var server = await BenchCluster.FindServerAsync(ct);
        await BenchFolder.InAsync(
            options,
            (program, root) => new FailoverBenchmark(options, program, root, server).RunAllAsync(ct)
        );
    }

    private async Task RunAllAsync(CancellationToken ct)
    {
        var runs = options.Quick ? 3 : 20;
        var results = ImmutableArray.CreateBuilder<GapResult>();
        await using (var cluster = await UpAsync(6, 1, agents: false, ct))
        {
            results.Add(await PlannedAsync("CLUSTER FAILOVER, the bare command", cluster, runs, BareAsync, ct));
            if (await HasFailoverAsync(cluster, ct))
            {
                results.Add(await PlannedAsync("slotwright failover", cluster, runs, OursAsync, ct));
            }
            results.Add(await KilledAsync("kill -9, plain Valkey", cluster, options.Quick ? 1 : 5, ct));
        }
        AgentCost cost;
        await using (var cluster = await UpAsync(6, 1, agents: true, ct))
        {
            cost = await AgentCost.DuringAsync(cluster.Agents(), TimeSpan.FromSeconds(options.Quick ? 5 : 60), ct);
            results.Add(await KilledAsync("kill -9, agents", cluster, runs, ct));
        }
        var many = options.Quick ? 3 : 50;
        await using (var cluster = await UpAsync(10, 1, agents: true, ct))
        {
            results.Add(await TogetherAsync(cluster, many, ct));
        }
        await using (var cluster = await UpAsync(9, 2, agents: true, ct))
        {
            results.Add(await KilledAsync("kill -9, agents, two replicas", cluster, runs, ct));
            results.Add(await BothAsync(cluster, many, ct));
        }
        FailoverReport.Of(results.ToImmutable(), cost).Publish(options);
    }

    private Task<BenchCluster> UpAsync(int members, int replicas, bool agents, CancellationToken ct) =>
        BenchCluster.UpAsync(program, root, server, members, replicas, agents, ct);

    private static async Task<bool> HasFailoverAsync(BenchCluster cluster, CancellationToken ct)
    {
        try
        {
            await cluster.RunAsync(["failover", "--help"], ct);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static Task BareAsync(BenchCluster cluster, Shard shard, CancellationToken ct) =>
        cluster.AskAsync(shard.Replicas[0].Member!, ct, "CLUSTER", "FAILOVER");

    private static Task OursAsync(BenchCluster cluster, Shard shard, CancellationToken ct) =>
        cluster.RunAsync(["failover", shard.Primary.Member!, "--yes", "--name", BenchCluster.Name], ct);

    private static Task<GapResult> PlannedAsync(
        string title,
        BenchCluster cluster,
        int runs,
        Func<BenchCluster, Shard, CancellationToken, Task> handOver,
        CancellationToken ct
    ) => RepeatAsync(title, cluster, runs, 1, (shards, inner) => handOver(cluster, shards[0], inner), ct);

    private static Task<GapResult> KilledAsync(string title, BenchCluster cluster, int runs, CancellationToken ct) =>
        RepeatAsync(
            title,
            cluster,
            runs,
            1,
            (shards, inner) => cluster.Host.KillAsync(shards[0].Primary.Member!, inner),
            ct
        );

    private static Task<GapResult> TogetherAsync(BenchCluster cluster, int runs, CancellationToken ct) =>
        RepeatAsync(
            "kill -9 of two primaries together, agents",
            cluster,
            runs,
            2,
            (shards, inner) => Task.WhenAll(shards.Select(s => cluster.Host.KillAsync(s.Primary.Member!, inner))),
            ct
        );

    /// <summary>Beside what the agents do.</summary>
    private static Task<GapResult> BothAsync(BenchCluster cluster, int runs, CancellationToken ct) =>
        RepeatAsync(
            "kill -9, both of two replicas ask for votes",
            cluster,
            runs,
            1,
            async (shards, inner) =>
            {
                await cluster.Host.KillAsync(shards[0].Primary.Member!, inner);
                await Task.WhenAll(shards[0].Replicas.Select(r => ProposeAsync(cluster, r.Member!, inner)));
            },
            ct
        );

    private static async Task ProposeAsync(BenchCluster cluster, string replica, CancellationToken ct)
    {
        try
        {
            await cluster.AskAsync(replica, ct, "CLUSTER", "FAILOVER", "FORCE");
        }
        catch (OperationFailedException)
        {
            // the agents were faster, and it is the primary already
        }
    }

    private static async Task<GapResult> RepeatAsync(
        string title,
        BenchCluster cluster,
        int runs,
        int count,
        Func<ImmutableArray<Shard>, CancellationToken, Task> deed,
        CancellationToken ct
    )
    {
        var gaps = ImmutableArray.CreateBuilder<TimeSpan>();
        var (failed, lost) = (0L, 0L);
        for (var i = 0; i < runs; i++)
        {
            var all = (await cluster.LookAsync(ct)).Shards();
            ImmutableArray<Shard> shards = [.. Enumerable.Range(i, count).Select(n => all[n % all.Length])];
            var result = await cluster.LoadAsync(
                TimeSpan.FromMinutes(2),
                async run =>
                {
                    await deed(shards, ct);
                    await ReplacedAsync(cluster, shards, ct);
                    await Task.Delay(TimeSpan.FromMilliseconds(500), ct);
                    run.Finish();
                },
                ct
            );
            var gap = result
                .Ledger.Shards.Where(s => shards.Any(d => d.Slots.Overlaps(s.Slots)))
                .Max(s => s.LongestGap.Length);
            gaps.Add(gap);
            failed += result.Ledger.Failed;
            lost += result.Ledger.Found.LostConfirmed;
            Terminal.Complain($"{title}, run {i + 1} of {runs}: {gap.TotalMilliseconds:0} ms");
            await cluster.MendAsync(ct);
        }
        return new GapResult(title, gaps.ToImmutable(), failed, lost);
    }

    private static async Task ReplacedAsync(BenchCluster cluster, ImmutableArray<Shard> shards, CancellationToken ct)
    {
        if (
            !await Wait.UntilAsync(
                async inner =>
                {
                    var topology = await cluster.LookAsync(inner);
                    return shards.All(s =>
                        topology.Nodes.Any(n => n.Reachable && n.Id != s.Primary.Id && n.Slots.Overlaps(s.Slots))
                    );
                },
                Replaced,
                TimeProvider.System,
                ct
            )
        )
        {
            throw new InvalidOperationException($"nobody has taken over within {Replaced.TotalSeconds:0} s");
        }
    }
}
