using System.Text;

namespace Slotwright.Unit.Tests.CommandLine;

public sealed class RawArgumentsTests
{
    private static readonly byte[] Odd = [0x61, 0xff, 0x62];

    [Fact]
    public void Bytes_that_are_no_text_are_kept()
    {
        var line = Line([.. "slotwright exec -- SET".Split(' ').Select(Utf8), Odd, Utf8("é")]);
        var words = RawArguments.Of(["SET", "a\ufffdb", "é"], line);
        Assert.Equal(["SET"u8.ToArray(), Odd, "é"u8.ToArray()], words.Select(w => w.ToArray()));
    }

    [Fact]
    public void Words_that_read_alike_keep_their_places()
    {
        byte[] other = [0x61, 0xfe, 0x62];
        var words = RawArguments.Of(["a\ufffdb", "a\ufffdb"], Line(Utf8("x"), Odd, other));
        Assert.Equal([Odd, other], words.Select(w => w.ToArray()));
    }

    [Fact]
    public void Options_may_stand_behind()
    {
        var words = RawArguments.Of(
            ["a\ufffdb"],
            Line(Utf8("slotwright"), Utf8("slot"), Odd, Utf8("--name"), Utf8("x"))
        );
        Assert.Equal(Odd, words[0].ToArray());
    }

    [Fact]
    public void Without_a_command_line_words_are_what_they_read()
    {
        var words = RawArguments.Of(["a b", ""], default);
        Assert.Equal(["a b", ""], words.Select(w => Encoding.UTF8.GetString(w.Span)));
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Line(params ReadOnlySpan<byte[]> arguments)
    {
        var line = new List<byte>();
        foreach (var argument in arguments)
        {
            line.AddRange(argument);
            line.Add(0);
        }
        return [.. line];
    }
}
