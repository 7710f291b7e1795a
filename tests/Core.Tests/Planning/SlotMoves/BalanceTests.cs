using Slotwright.Core.Loads;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;

namespace Slotwright.Core.Tests.Planning.SlotMoves;

/// <summary>What a plan says of its effect and its cost.</summary>
public sealed class BalanceTests
{
    [Fact]
    public void Each_shard_is_shown_before_and_after_with_what_is_carried()
    {
        var keys = Loads((0, 600), (1, 300), (2, 300), (6000, 300));
        var bytes = Loads((0, 60_000), (1, 30_000), (2, 90_000), (6000, 3000));
        var wish = new RebalanceWish(keys, 0.02, [])
        {
            By = LoadMeasure.Keys,
            Carried = new ClusterLoads(keys, bytes, null, null),
            BytesPerSecond = 1000,
        };
        var plan = RebalancePlanner.Plan(SixMembers.Formed, wish);
        var balance = plan.Balance!;

        Assert.Equal([1200, 300, 0], balance.Shards.Select(s => s.Before));
        var after = plan.Outcome(SixMembers.Formed);
        Assert.Equal(
            new[] { "m-0", "m-1", "m-2" }.Select(m => keys.Of(after.NodeOf(m)!.Slots)),
            balance.Shards.Select(s => s.After)
        );
        Assert.All(balance.Shards, s => Assert.Equal(500, s.Share));
        Assert.Equal((0, "m-0", 600), (balance.Heaviest[0].Slot, balance.Heaviest[0].Member, balance.Heaviest[0].Load));
        Assert.Equal(4, balance.Heaviest.Length);
        Assert.Equal((double)balance.Cost.Keys!, balance.Shards.Sum(s => Math.Max(0, s.Before - s.After)));
        Assert.InRange(balance.Cost.AtLeastSeconds!.Value, 3, balance.Cost.Bytes!.Value / 1000.0);
    }

    [Fact]
    public void Where_slots_count_they_are_what_is_shown()
    {
        var balance = RebalancePlanner
            .Plan(SixMembers.Formed, new RebalanceWish(null, 0.02, [new("m-0", "0")]))
            .Balance!;

        Assert.Equal((LoadMeasure.Slots, 3), (balance.By, balance.Shards.Length));
        Assert.Equal(
            (5461, 0, 0.0),
            (balance.Shards[0].SlotsBefore, balance.Shards[0].SlotsAfter, balance.Shards[0].After)
        );
        Assert.Equal(new MoveCost(5461, null, null, null), balance.Cost);
        Assert.Empty(balance.Heaviest);
    }

    [Fact]
    public void A_shard_below_its_share_by_more_than_the_threshold_is_filled_though_none_is_above()
    {
        // 101, 101 and 98 of 100: no giver is 2 % off, the taker is
        var loads = Loads([
            .. Enumerable.Range(0, 101).Select(i => (i, 1.0)),
            .. Enumerable.Range(6000, 102).Select(i => (i, 1.0)),
            .. Enumerable.Range(12_000, 97).Select(i => (i, 1.0)),
        ]);
        var balance = RebalancePlanner.Plan(SixMembers.Formed, new RebalanceWish(loads, 0.025, [])).Balance!;
        Assert.All(balance.Shards, s => Assert.InRange(s.After, 98, 102));
    }

    [Fact]
    public void A_few_heavy_slots_are_spread_though_none_fits_what_is_missing()
    {
        var loads = Loads([.. Enumerable.Range(0, 6).Select(i => (i, 205.0)), (6000, 21), (12_000, 21)]);
        var balance = RebalancePlanner.Plan(SixMembers.Formed, new RebalanceWish(loads, 0.02, [])).Balance!;
        Assert.Equal([410, 431, 431], balance.Shards.Select(s => s.After));
    }

    [Fact]
    public void A_shard_of_weight_0_gives_also_what_fits_nowhere()
    {
        var loads = Loads((0, 1000), (6000, 10), (12_000, 10));
        var wish = new RebalanceWish(loads, 0.02, [new("m-0", "0")]);
        var balance = RebalancePlanner.Plan(SixMembers.Formed, wish).Balance!;
        Assert.Equal(0, balance.Shards[0].After);
    }

    private static SlotLoads Loads(params (int Slot, double Load)[] loads)
    {
        var ofSlot = new double[HashSlot.Count];
        foreach (var (slot, load) in loads)
        {
            ofSlot[slot] = load;
        }
        return new SlotLoads([.. ofSlot]);
    }
}
