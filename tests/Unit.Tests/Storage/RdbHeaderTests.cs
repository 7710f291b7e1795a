using Slotwright.Core.Storage;
using Slotwright.Valkey.Rdb;

namespace Slotwright.Unit.Tests.Storage;

/// <summary>The beginnings of files that servers of 9.1.2 and 8.1.1 wrote.</summary>
public sealed class RdbHeaderTests
{
    private const string Aux91 =
        "56414c4b4559303830 fa0a76616c6b65792d76657205392e312e32 fa0a72656469732d62697473c040 fa056374696d65c28309056b";

    private const string Aux81 =
        "524544495330303131 fa0a76616c6b65792d76657205382e312e31 fa0a72656469732d62697473c040 fa056374696d65c28309056b";

    private const string Function = "f540422321" + "6c7561206e616d653d6c0a72656469732e72656769737465725f66" + Function2;

    private const string Function2 = "756e6374696f6e282766272c2066756e6374696f6e28292072657475726e203120656e6429";

    private const string Key = "fe00 fb0100 0001610162";

    private const string End = "ff c73402884ba72dbb";

    private static readonly DateTimeOffset Created = new(2026, 11, 24, 3, 50, 27, TimeSpan.Zero);

    [Fact]
    public void An_empty_one_of_9_1() =>
        Assert.Equal(new SnapshotHead(80, "9.1.2", null, null, Created, false, false), Read(Aux91 + End));

    [Fact]
    public void One_of_8_1_with_a_key() =>
        Assert.Equal(
            new SnapshotHead(11, "8.1.1", null, null, Created, true, false) { Keys = 1 },
            Read(Aux81 + Key + End)
        );

    [Fact]
    public void One_with_functions_alone()
    {
        var head = Read(Aux91 + Function + End);
        Assert.True(head is { HasFunctions: true, HasKeys: false, HasData: true });
    }

    [Fact]
    public void One_of_a_replication_has_its_id_and_offset()
    {
        const string Replication =
            "fa077265706c2d696428" // 40 letters
            + "36313632363336343635363636373638363136323633363436353636363736383631363236333634"
            + "fa0b7265706c2d6f6666736574c2cd130300";
        var head = Read(Aux91 + Replication + End);
        Assert.Equal("6162636465666768616263646566676861626364", head.ReplicationId);
        Assert.Equal(0x313cd, head.ReplicationOffset);
    }

    [Theory]
    [InlineData("f4 4d01 01 00")] // slot info, before keys
    [InlineData("f7 81 0102030405060708 02 02 01 05 05 02 6869 03 00000000 04 0000000000000000 00")] // module
    [InlineData("f3 02 6a62 01 00 4d01")] // an import of slots that was under way
    [InlineData("fa c3 02 04 6161 01 62")] // an unknown field with a compressed name
    public void What_is_of_no_use_is_skipped(string part)
    {
        Assert.False(Read(Aux91 + part + End).HasData);
        Assert.True(Read(Aux91 + part + Key + End).HasKeys);
    }

    [Fact]
    public void A_database_without_keys_is_no_data() => Assert.False(Read(Aux91 + "fe00 fb0000" + End).HasData);

    [Theory]
    [InlineData("", "it is cut off")]
    [InlineData("5245444953", "it is cut off")]
    [InlineData("68656c6c6f20776f726c64", "it begins with 'hello wor', as no RDB file does")]
    [InlineData(Aux91, "it is cut off")]
    [InlineData(Aux91 + "f0", "0xf0")]
    [InlineData(Aux91 + "fa c7", "a string has the unknown encoding 7")]
    [InlineData(Aux91 + "f7 82", "a length begins with the unknown byte 0x82")]
    [InlineData(Aux91 + "f581 7fffffffffffffff", "it is cut off")]
    public void Damage_is_told(string hex, string expected)
    {
        Assert.False(RdbHeader.TryRead(new MemoryStream(Bytes(hex)), out _, out var damage));
        Assert.Contains(expected, damage, StringComparison.Ordinal);
    }

    private static SnapshotHead Read(string hex) => RdbHeader.Read(new MemoryStream(Bytes(hex)));

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
