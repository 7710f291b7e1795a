using System.Text.Json;
using CsCheck;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Slots;

/// <summary>Held against plain sets of numbers.</summary>
public sealed class SlotSetTests
{
    /// <summary>Ranges near each other, so that they touch and overlap; some at the ends of the key space.</summary>
    private static readonly Gen<SlotRange[]> Ranges = (
        from start in Gen.OneOf(Gen.Const(0), Gen.Const(5000), Gen.Const(HashSlot.Count - 64))
        from first in Gen.Int[0, 63]
        from length in Gen.Int[1, 12]
        select new SlotRange(start + first, Math.Min(start + first + length - 1, HashSlot.Count - 1))
    ).Array[0, 12];

    [Fact]
    public void It_holds_the_slots_of_its_ranges() =>
        Ranges.Sample(ranges =>
        {
            var set = SlotSet.Of(ranges);
            var plain = Plain(ranges);

            Assert.Equal(plain, set);
            Assert.Equal(plain.Count, set.Count);
            Assert.Equal(plain.Count == 0, set.IsEmpty);
            Assert.Equal(set, SlotSet.OfSlots(plain.Reverse()));
        });

    [Fact]
    public void Its_ranges_neither_touch_nor_overlap() =>
        Ranges.Sample(ranges =>
        {
            var own = SlotSet.Of(ranges).Ranges;
            Assert.All(own.Zip(own.Skip(1)), pair => Assert.True(pair.First.Last + 1 < pair.Second.First));
        });

    [Fact]
    public void Union_difference_and_intersection_are_those_of_plain_sets() =>
        Gen.Select(Ranges, Ranges)
            .Sample(
                (left, right) =>
                {
                    var (a, b) = (SlotSet.Of(left), SlotSet.Of(right));
                    var (x, y) = (Plain(left), Plain(right));

                    Assert.Equal(x.Union(y).Order(), a.Union(b));
                    Assert.Equal(x.Except(y).Order(), a.Except(b));
                    Assert.Equal(x.Intersect(y).Order(), a.Intersect(b));
                    Assert.Equal(x.Overlaps(y), a.Overlaps(b));
                    Assert.Equal(a.Union(b), SlotSet.Union([a, b]));
                }
            );

    [Fact]
    public void A_slot_is_found_by_halving() =>
        Ranges.Sample(
            ranges =>
            {
                var set = SlotSet.Of(ranges);
                var plain = Plain(ranges);
                Assert.All(Enumerable.Range(0, HashSlot.Count), s => Assert.Equal(plain.Contains(s), set.Contains(s)));
            },
            iter: 20
        );

    [Fact]
    public void Sets_of_the_same_slots_are_equal_however_they_were_made() =>
        Ranges.Sample(ranges =>
        {
            var set = SlotSet.Of(ranges);
            var again = SlotSet.OfSlots(set);

            Assert.Equal(set, again);
            Assert.Equal(set.GetHashCode(), again.GetHashCode());
            Assert.Equal(set, SlotSet.Parse(set.ToString(), null));
            Assert.Equal(set, JsonSerializer.Deserialize<SlotSet>(JsonSerializer.Serialize(set)));
        });

    [Fact]
    public void Sets_of_different_slots_are_not_equal() => Assert.NotEqual(SlotSet.Of(0, 10), SlotSet.Of(0, 9));

    [Theory]
    [InlineData("", 0)]
    [InlineData("7", 1)]
    [InlineData("0-5460,10923", 5462)]
    [InlineData("5,3-4", 3)]
    public void A_text_is_read(string text, int count) => Assert.Equal(count, SlotSet.Parse(text, null).Count);

    [Theory]
    [InlineData("0-5460;7")]
    [InlineData("a")]
    [InlineData("16384")]
    [InlineData("5-1")]
    public void Rubbish_is_not_read(string text) => Assert.Throws<FormatException>(() => SlotSet.Parse(text, null));

    [Fact]
    public void All_slots_are_one_range()
    {
        Assert.Equal("0-16383", SlotSet.All.ToString());
        Assert.Equal(HashSlot.Count, SlotSet.All.Count);
        Assert.Equal("", SlotSet.All.Except(SlotSet.All).ToString());
    }

    private static SortedSet<int> Plain(SlotRange[] ranges) =>
        [.. ranges.SelectMany(r => Enumerable.Range(r.First, r.Count))];
}
