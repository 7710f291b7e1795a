using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;
using Slotwright.Integration.Tests.Waves;
using Slotwright.Operations.Drills;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.SlotMoves;

/// <summary>The program is killed in the middle of a move; the same command run again finishes it.</summary>
public sealed class CutOffTests
{
    private const string Ranges = "1000-2999";

    private static readonly SlotSet Moved = SlotSet.Parse(Ranges, null);

    [Theory, MemberData(nameof(KeyTests.Movers), MemberType = typeof(KeyTests))]
    public async Task Killed_half_way_and_run_again_it_finishes_and_nothing_is_lost(string version, string mover)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        await FillAsync(cluster);
        var ledger = await Rolling.UnderLoadAsync(
            cluster,
            async () =>
            {
                using (var process = TestProgram.Start(cluster.Root, Arguments(cluster, mover)))
                {
                    Assert.True(
                        await TestCluster.BecomesAsync(async () => await IsUnderWayAsync(cluster) || process.HasExited)
                    );
                    process.Kill();
                    await process.WaitForExitAsync();
                }
                var again = await cluster.RunAsync(Arguments(cluster, mover));
                Assert.True(again.ExitCode == 0, $"{again}");
            }
        );
        Assert.Equal((0L, default), (ledger.Failed, ledger.Found));
        var shards = (await cluster.TopologyAsync()).Shards();
        var taker = shards.Single(s => s.Nodes.Any(n => n.Member == cluster.Name(1))).Primary;
        Assert.True(Moved.Except(taker.Slots).IsEmpty, $"{taker.Slots}");
        Assert.Equal(20_000, await KeysAsync(cluster));
        Assert.All((await cluster.ObserveAsync()).Views, v => Assert.Empty(v.Report!.Self.OpenSlots));
    }

    [Fact]
    public async Task What_is_left_open_otherwise_is_what_it_finishes()
    {
        await using var cluster = await TestCluster.FormAsync();
        var (first, second) = (
            (await cluster.TopologyAsync()).NodeOf(cluster.Name(0))!,
            (await cluster.TopologyAsync()).NodeOf(cluster.Name(1))!
        );
        await cluster.AskAsync(1, "CLUSTER", "SETSLOT", "7", "IMPORTING", first.Id.Value);
        await cluster.AskAsync(0, "CLUSTER", "SETSLOT", "7", "MIGRATING", second.Id.Value);
        var said = await cluster.RunAsync("rebalance", "--yes");
        Assert.True(said.ExitCode == 0, $"{said}");
        Assert.Contains("Finish what was left open", said.Error);
        Assert.All((await cluster.ObserveAsync()).Views, v => Assert.Empty(v.Report!.Self.OpenSlots));
    }

    private static string[] Arguments(TestCluster cluster, string mover) =>
        [
            "reshard",
            "--ranges",
            Ranges,
            "--from",
            cluster.Name(0),
            "--to",
            cluster.Name(1),
            "--mover",
            mover.ToLowerInvariant(),
            "--pace",
            "gentle",
            "--yes",
        ];

    /// <summary>Stepwise: a slot is open, or at the taker already. Atomically: a migration was begun.</summary>
    private static async Task<bool> IsUnderWayAsync(TestCluster cluster)
    {
        var seen = await cluster.ObserveAsync();
        return seen.Topology.NodeOf(cluster.Name(1))!.Slots.Overlaps(Moved)
            || seen.Views.Any(v => v.Report?.Self.OpenSlots.IsEmpty == false)
            || await (await cluster.Session.ConnectAsync(await cluster.MemberAsync(0), default)).SlotMigrationsAsync(
                default
            )
                is [_, ..];
    }

    /// <summary>20,000 keys, ten in each of the slots that move.</summary>
    private static async Task FillAsync(TestCluster cluster)
    {
        const string Script = "for i=1,10 do redis.call('SET', KEYS[1]..i, string.rep('x', 200)) end";
        var node = await cluster.Session.ConnectAsync(await cluster.MemberAsync(0), default);
        var replies = await node.SendAllAsync(
            [.. Moved.Select(slot => RespCommand.Of("EVAL", Script, "1", $"{{{SlotTags.Of(slot)}}}"))],
            default
        );
        Assert.DoesNotContain(replies, r => r is RespValue.Error);
    }

    private static async Task<long> KeysAsync(TestCluster cluster)
    {
        var sum = 0L;
        for (var ordinal = 0; ordinal < 3; ordinal++)
        {
            sum += Assert.IsType<RespValue.Integer>(await cluster.AskAsync(ordinal, "DBSIZE")).Value;
        }
        return sum;
    }
}
