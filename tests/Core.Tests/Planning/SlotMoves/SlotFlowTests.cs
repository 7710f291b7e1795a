using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Planning.SlotMoves;

public sealed class SlotFlowTests
{
    [Fact]
    public void What_fits_already_moves_nothing() =>
        Assert.Empty(SlotFlow.Of([(Id(0), SlotSet.Of(0, 99), 100), (Id(1), SlotSet.Of(100, 199), 100)]));

    [Fact]
    public void A_new_shard_takes_from_all()
    {
        var moves = SlotFlow.Of([
            (Id(0), SlotSet.Of(0, 5460), 4096),
            (Id(1), SlotSet.Of(5461, 10922), 4096),
            (Id(2), SlotSet.Of(10923, 16383), 4096),
            (Id(3), SlotSet.Empty, 4096),
        ]);
        Assert.Equal(["9557-10922", "4096-5460", "15019-16383"], moves.Select(m => $"{m.Slots}"));
        Assert.All(moves, m => Assert.Equal(Id(3), m.To));
    }

    [Theory]
    [MemberData(nameof(SlotQuotasTests.Seeds), MemberType = typeof(SlotQuotasTests))]
    public void Each_shard_ends_with_its_quota_and_only_gives_or_only_takes(int seed)
    {
        var random = new Random(seed);
        var shards = Scattered(random, random.Next(2, 30));
        var quotas = SlotQuotas.Of([.. shards.Select(s => s.Count)], [.. shards.Select(_ => 1.0)]);

        var moves = SlotFlow.Of([.. shards.Select((s, i) => (Id(i), s, quotas[i]))]);

        for (var i = 0; i < shards.Length; i++)
        {
            var given = SlotSet.Union(moves.Where(m => m.From == Id(i)).Select(m => m.Slots));
            var taken = SlotSet.Union(moves.Where(m => m.To == Id(i)).Select(m => m.Slots));
            Assert.True(given.IsEmpty || taken.IsEmpty);
            Assert.Empty(given.Except(shards[i]));
            Assert.Equal(quotas[i], shards[i].Except(given).Union(taken).Count);
        }
        Assert.Equal(moves.Sum(m => m.Slots.Count), SlotSet.Union(moves.Select(m => m.Slots)).Count);
        Assert.True(moves.Length < shards.Length);
    }

    private static SlotSet[] Scattered(Random random, int shards)
    {
        var owners = Enumerable.Range(0, HashSlot.Count).Select(_ => random.Next(shards)).ToArray();
        for (var i = 1; i < owners.Length; i++)
        {
            owners[i] = random.Next(50) == 0 ? owners[i] : owners[i - 1];
        }
        return
        [
            .. Enumerable
                .Range(0, shards)
                .Select(s => SlotSet.OfSlots(owners.Index().Where(o => o.Item == s).Select(o => o.Index))),
        ];
    }

    private static NodeId Id(int i) => NodeId.Parse(i.ToString("x40", CultureInfo.InvariantCulture));
}
