using System.Text.Json;
using CsCheck;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Slots;

public sealed class SlotRangeTests
{
    private static readonly Gen<SlotRange> Ranges =
        from first in Gen.Int[0, HashSlot.Count - 1]
        from last in Gen.Int[first, HashSlot.Count - 1]
        select new SlotRange(first, last);

    [Fact]
    public void What_is_written_is_read_again() =>
        Ranges.Sample(range =>
        {
            Assert.Equal(range, SlotRange.Parse(range.ToString(), null));
            Assert.Equal(range.Last - range.First + 1, range.Count);
        });

    [Theory]
    [InlineData("7", 7, 7)]
    [InlineData("0-16383", 0, 16383)]
    [InlineData("5-5", 5, 5)]
    public void A_slot_or_two_make_a_range(string text, int first, int last) =>
        Assert.Equal(new SlotRange(first, last), SlotRange.Parse(text, null));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-1")]
    [InlineData("1-")]
    [InlineData("5-4")]
    [InlineData("16384")]
    [InlineData("0-16384")]
    [InlineData("1-2-3")]
    [InlineData(" 1")]
    [InlineData("+1")]
    [InlineData("0x1")]
    [InlineData("99999999999")]
    public void Anything_else_is_no_range(string text)
    {
        Assert.False(SlotRange.TryParse(text, null, out _));
        Assert.Throws<FormatException>(() => SlotRange.Parse(text, null));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2, 1)]
    [InlineData(0, 16384)]
    public void A_range_that_is_empty_or_out_of_the_key_space_can_not_be_made(int first, int last) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlotRange(first, last));

    [Fact]
    public void One_slot_is_written_as_one_number() => Assert.Equal("7", new SlotRange(7, 7).ToString());

    [Fact]
    public void Ranges_are_sorted_by_first_and_then_last() =>
        Gen.Select(Ranges, Ranges)
            .Sample((a, b) => Assert.Equal((a.First, a.Last).CompareTo((b.First, b.Last)), Math.Sign(a.CompareTo(b))));

    [Fact]
    public void In_JSON_it_is_its_text() =>
        Assert.Equal("\"0-5460\"", JsonSerializer.Serialize(new SlotRange(0, 5460)));
}
