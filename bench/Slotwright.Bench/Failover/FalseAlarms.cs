using System.Collections.Immutable;
using System.Diagnostics;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;

namespace Slotwright.Bench.Failover;

/// <summary>
/// Random stops of up to a second, snapshots and processors taken away, and in between a few primaries that are killed for
/// good: agents are to replace these and no other.
/// </summary>
internal sealed class FalseAlarms(BenchCluster cluster, Random random)
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(1);

    /// <summary>A kill, and until the cluster is whole again.</summary>
    private static readonly TimeSpan KillTime = TimeSpan.FromSeconds(8);

    /// <param name="kills">How many primaries are killed, spread over the time.</param>
    public async Task<FalseAlarmResult> RunAsync(TimeSpan time, int kills, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        var gaps = ImmutableArray.CreateBuilder<(string, TimeSpan)>();
        var (disturbances, alarms, lost) = (0, 0, 0L);
        for (var round = 0; round < kills; round++)
        {
            var end = time * (round + 1) / kills;
            var calm = end - KillTime - Stopwatch.GetElapsedTime(start);
            if (calm > TimeSpan.Zero)
            {
                var disturbed = await cluster.LoadAsync(calm, _ => DisturbUntilAsync(end - KillTime), ct);
                lost += disturbed.Ledger.Found.LostConfirmed;
            }
            var victim = (await cluster.LookAsync(ct)).Shards()[random.Next(3)];
            var result = await cluster.LoadAsync(
                TimeSpan.FromSeconds(4),
                _ => cluster.Host.KillAsync(victim.Primary.Member!, ct),
                ct
            );
            var ledger = result.Ledger.Shards.Single(s => s.Slots.Overlaps(victim.Slots));
            gaps.Add((victim.Primary.Member!, ledger.LongestGap.Length));
            lost += result.Ledger.Found.LostConfirmed;
            Terminal.Complain($"killed {victim.Primary.Member}: {ledger.LongestGap.Length.TotalMilliseconds:0} ms");
            await cluster.MendAsync(ct);
        }
        return new FalseAlarmResult(Stopwatch.GetElapsedTime(start), disturbances, alarms, gaps.ToImmutable(), lost);

        async Task DisturbUntilAsync(TimeSpan end)
        {
            while (Stopwatch.GetElapsedTime(start) < end)
            {
                var before = await OwnersAsync(ct);
                await DisturbAsync(ct);
                disturbances++;
                alarms += before.Except(await OwnersAsync(ct)).Count();
            }
        }
    }

    private async Task<HashSet<NodeId>> OwnersAsync(CancellationToken ct) =>
        [.. (await cluster.LookAsync(ct)).Voters.Select(n => n.Id)];

    private async Task DisturbAsync(CancellationToken ct)
    {
        var members = (await cluster.Host.ListMembersAsync(ct)).Select(m => m.Name).ToArray();
        var member = members[random.Next(members.Length)];
        switch (random.Next(3))
        {
            case 0:
                await cluster.Host.PauseAsync(member, ct);
                await Task.Delay(LongestStop * random.NextDouble(), ct);
                await cluster.Host.ResumeAsync(member, ct);
                break;
            case 1:
                await ForkAsync(member, ct);
                break;
            default:
                await Task.WhenAll(
                    Enumerable.Range(0, Environment.ProcessorCount * 2).Select(_ => Task.Run(() => Spin(ct), ct))
                );
                break;
        }
    }

    /// <summary>Nothing to do where a fork runs already.</summary>
    private async Task ForkAsync(string member, CancellationToken ct)
    {
        try
        {
            await cluster.AskAsync(member, ct, "BGSAVE", "SCHEDULE");
        }
        catch (OperationFailedException e) when (e.Message.Contains("already in progress", StringComparison.Ordinal))
        { }
    }

    private static void Spin(CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < LongestStop && !ct.IsCancellationRequested)
        {
            Thread.SpinWait(1000);
        }
    }
}
