using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Drills;
using Slotwright.Operations.SlotMovers;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.SlotMoves;

/// <summary>400 slots of the first shard that go to the second, fifty keys in each.</summary>
internal static class MovedRange
{
    private const string Ranges = "1000-1399";
    private const long Keys = 20_000;

    public static SlotSet Slots { get; } = SlotSet.Parse(Ranges, null);

    public static string[] Arguments(TestCluster cluster, string mover, string pace = "gentle") =>
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
            pace,
            "--yes",
        ];

    public static async Task FillAsync(TestCluster cluster)
    {
        const string Script = "for i=1,50 do redis.call('SET', KEYS[1]..i, string.rep('x', 200)) end";
        var node = await cluster.Session.ConnectAsync(await cluster.MemberAsync(0), default);
        var replies = await node.SendAllAsync(
            [.. Slots.Select(slot => RespCommand.Of("EVAL", Script, "1", $"{{{SlotTags.Of(slot)}}}"))],
            default
        );
        Assert.DoesNotContain(replies, r => r is RespValue.Error);
    }

    /// <summary>A moment of the move, another for each seed: so many slots have arrived, or a begun migration is so old.</summary>
    /// <param name="hasEnded">The move is over, whatever came of it.</param>
    public static async Task UntilMomentAsync(TestCluster cluster, string mover, int seed, Func<bool> hasEnded)
    {
        var random = new Random(seed);
        var (slots, age) = (random.Next(Slots.Count), TimeSpan.FromMilliseconds(random.Next(300)));
        Assert.True(await TestCluster.BecomesAsync(async () => await IsUnderWayAsync(cluster) || hasEnded()));
        if (mover == nameof(MoverChoice.Atomic))
        {
            await Task.Delay(age); // all of its slots arrive in one moment: nothing else tells its age
            return;
        }
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                hasEnded()
                || (await cluster.TopologyAsync()).NodeOf(cluster.Name(1))!.Slots.Intersect(Slots).Count >= slots
            )
        );
    }

    /// <summary>Stepwise: a slot is open, or at the taker already. Atomically: a migration was begun.</summary>
    private static async Task<bool> IsUnderWayAsync(TestCluster cluster)
    {
        var seen = await cluster.ObserveAsync();
        return seen.Topology.NodeOf(cluster.Name(1))!.Slots.Overlaps(Slots)
            || seen.Views.Any(v => v.Report?.Self.OpenSlots.IsEmpty == false)
            || await (await cluster.Session.ConnectAsync(await cluster.MemberAsync(0), default)).SlotMigrationsAsync(
                default
            )
                is [_, ..];
    }

    /// <summary>The second shard owns all of it, no key is missing or there twice, and nothing is open.</summary>
    public static async Task IsThereAsync(TestCluster cluster)
    {
        var seen = await cluster.ObserveAsync();
        var taker = seen.Topology.Shards().Single(s => s.Nodes.Any(n => n.Member == cluster.Name(1))).Primary;
        Assert.True(Slots.Except(taker.Slots).IsEmpty, $"{taker.Slots}");
        var keys = 0L;
        foreach (var primary in seen.Topology.Primaries)
        {
            keys += Assert.IsType<RespValue.Integer>(await cluster.AskAsync(primary.Member!, "DBSIZE")).Value;
        }
        Assert.Equal(Keys, keys);
        Assert.All(seen.Views, v => Assert.Empty(v.Report!.Self.OpenSlots));
    }
}
