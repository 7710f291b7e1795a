using System.Collections.Immutable;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Slots;

public sealed class SlotSplitTests
{
    [Theory]
    [InlineData(1, "0-16383")]
    [InlineData(3, "0-5460 5461-10922 10923-16383")]
    [InlineData(4, "0-4095 4096-8191 8192-12287 12288-16383")]
    [InlineData(5, "0-3276 3277-6553 6554-9829 9830-13106 13107-16383")]
    public void A_few_shards(int shards, string ranges) =>
        Assert.Equal(ranges, string.Join(' ', SlotSet.Split(shards)));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(16385)]
    public void Fewer_than_one_shard_or_more_than_slots_can_not_be(int shards) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SlotSet.Split(shards));

    [Fact]
    public void The_parts_are_the_key_space_in_order_and_even()
    {
        foreach (var shards in Enumerable.Range(1, 1000).Append(HashSlot.Count - 1).Append(HashSlot.Count))
        {
            var parts = SlotSet.Split(shards);

            Assert.Equal(shards, parts.Length);
            Assert.Equal(0, parts[0].Ranges[0].First);
            Assert.Equal(HashSlot.Count - 1, parts[^1].Ranges[0].Last);
            Assert.True(parts.Zip(parts.Skip(1)).All(p => p.First.Ranges[0].Last + 1 == p.Second.Ranges[0].First));
            Assert.InRange(parts.Max(p => p.Count) - parts.Min(p => p.Count), 0, 1);
            Assert.True(parts.All(p => p.Ranges.Length == 1));
        }
    }

    [Fact]
    public void Up_to_77_shards_are_split_as_valkey_cli_does_it() =>
        Assert.All(Enumerable.Range(1, 77), n => Assert.Equal(ValkeyCli(n), LastSlots(n)));

    /// <summary>
    /// valkey-cli adds up single-precision floats, whose error reaches the rounding from 78 shards on; ours has none.
    /// </summary>
    [Fact]
    public void Up_to_1000_shards_no_border_is_more_than_one_slot_from_that_of_valkey_cli()
    {
        foreach (var shards in Enumerable.Range(1, 1000))
        {
            Assert.InRange(ValkeyCli(shards).Zip(LastSlots(shards)).Max(b => Math.Abs(b.First - b.Second)), 0, 1);
        }
    }

    private static ImmutableArray<int> LastSlots(int shards) =>
        [.. SlotSet.Split(shards).Select(p => p.Ranges[^1].Last)];

    /// <summary>The last slot of each shard by the arithmetic of <c>valkey-cli --cluster create</c>.</summary>
    private static ImmutableArray<int> ValkeyCli(int shards)
    {
        var each = HashSlot.Count / (float)shards;
        var cursor = 0f;
        var lasts = new List<int>();
        for (var i = 1; i <= shards; i++)
        {
            var last = (int)Math.Round((float)(cursor + each - 1), MidpointRounding.AwayFromZero);
            lasts.Add(i == shards ? HashSlot.Count - 1 : last);
            cursor += each;
        }
        return [.. lasts];
    }
}
