using System.Text;
using CsCheck;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Slots;

public sealed class HashSlotTests
{
    [Theory]
    [InlineData("123456789", 12739)] // 0x31C3, the check value of CRC-16/XMODEM
    [InlineData("foo", 12182)]
    [InlineData("bar", 5061)]
    [InlineData("", 0)]
    public void Known_keys_have_the_slots_that_servers_give_them(string key, int slot) => Assert.Equal(slot, Of(key));

    [Theory]
    [InlineData("{user1000}.following", "user1000")]
    [InlineData("{user1000}.followers", "user1000")]
    [InlineData("foo{}{bar}", "foo{}{bar}")] // an empty tag is none, and there is no second chance
    [InlineData("foo{{bar}}zap", "{bar")]
    [InlineData("foo{bar}{zap}", "bar")]
    [InlineData("foo{bar", "foo{bar")]
    [InlineData("foo}bar{zap}", "zap")]
    [InlineData("{}", "{}")]
    [InlineData("{", "{")]
    public void The_tag_is_what_the_specification_says(string key, string tag)
    {
        Assert.Equal(tag, Encoding.UTF8.GetString(HashSlot.TagOf(Encoding.UTF8.GetBytes(key))));
        Assert.Equal(Of(key), Crc(Encoding.UTF8.GetBytes(tag)) % HashSlot.Count);
    }

    [Fact]
    public void Any_bytes_have_the_slot_of_their_CRC_bit_by_bit() =>
        Gen
            .Byte.Array[0, 64]
            .Where(key => !key.Contains((byte)'{'))
            .Sample(key => Assert.Equal(Crc(key) % HashSlot.Count, HashSlot.Of(key)));

    [Fact]
    public void Keys_of_one_tag_share_a_slot() =>
        Gen.Select(Gen.String.AlphaNumeric, Gen.String.AlphaNumeric, Gen.String.AlphaNumeric.Where(t => t.Length > 0))
            .Sample((before, after, tag) => Assert.Equal(Of(tag), Of($"{before}{{{tag}}}{after}")));

    private static int Of(string key) => HashSlot.Of(Encoding.UTF8.GetBytes(key));

    private static int Crc(byte[] data)
    {
        var crc = 0;
        foreach (var bit in data.SelectMany(b => Enumerable.Range(0, 8).Select(i => (b >> (7 - i)) & 1)))
        {
            var carry = (crc >> 15) ^ bit;
            crc = (crc << 1) & 0xffff;
            crc = carry == 1 ? crc ^ 0x1021 : crc;
        }
        return crc;
    }
}
