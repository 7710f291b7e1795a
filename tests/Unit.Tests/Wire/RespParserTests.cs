using System.Collections.Immutable;
using System.Text;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Wire;

public sealed class RespParserTests
{
    public static TheoryData<string, RespValue> Replies { get; } =
        new()
        {
            { "+OK\r\n", new RespValue.Simple("OK") },
            { "+\r\n", new RespValue.Simple("") },
            { "-ERR unknown command\r\n", new RespValue.Error("ERR unknown command") },
            { "-MOVED 3999 127.0.0.1:6381\r\n", new RespValue.Error("MOVED 3999 127.0.0.1:6381") },
            { "-ASK 3999 ::1:6381\r\n", new RespValue.Error("ASK 3999 ::1:6381") },
            { "!21\r\nSYNTAX invalid syntax\r\n", new RespValue.Error("SYNTAX invalid syntax") },
            { "!10\r\nERR a\r\nb c\r\n", new RespValue.Error("ERR a\r\nb c") },
            { ":0\r\n", new RespValue.Integer(0) },
            { ":-42\r\n", new RespValue.Integer(-42) },
            { ":+42\r\n", new RespValue.Integer(42) },
            { ":9223372036854775807\r\n", new RespValue.Integer(long.MaxValue) },
            { ":-9223372036854775808\r\n", new RespValue.Integer(long.MinValue) },
            { "$5\r\nhello\r\n", RespValue.Bulk.Of("hello") },
            { "$0\r\n\r\n", RespValue.Bulk.Of("") },
            { "$6\r\na\r\nb\r\n\r\n", RespValue.Bulk.Of("a\r\nb\r\n") },
            { "$-1\r\n", RespValue.Null.Instance },
            { "*-1\r\n", RespValue.Null.Instance },
            { "_\r\n", RespValue.Null.Instance },
            { "*0\r\n", new RespValue.Array([]) },
            { "*2\r\n$1\r\na\r\n*-1\r\n", new RespValue.Array([RespValue.Bulk.Of("a"), RespValue.Null.Instance]) },
            {
                "*2\r\n*1\r\n:1\r\n*1\r\n*0\r\n",
                new RespValue.Array([
                    new RespValue.Array([new RespValue.Integer(1)]),
                    new RespValue.Array([new RespValue.Array([])]),
                ])
            },
            {
                "%2\r\n+a\r\n:1\r\n+b\r\n%0\r\n",
                new RespValue.Map([
                    new(new RespValue.Simple("a"), new RespValue.Integer(1)),
                    new(new RespValue.Simple("b"), new RespValue.Map([])),
                ])
            },
            { "~1\r\n#t\r\n", new RespValue.Set([new RespValue.Boolean(true)]) },
            { ">1\r\n#f\r\n", new RespValue.Push([new RespValue.Boolean(false)]) },
            { ",3.25\r\n", new RespValue.Double(3.25) },
            { ",1e100\r\n", new RespValue.Double(1e100) },
            { ",-inf\r\n", new RespValue.Double(double.NegativeInfinity) },
            { ",nan\r\n", new RespValue.Double(double.NaN) },
            {
                "(-3492890328409238509324850943850943825024385\r\n",
                new RespValue.BigNumber("-3492890328409238509324850943850943825024385")
            },
            { "=15\r\ntxt:Some string\r\n", new RespValue.Verbatim("txt", "Some string") },
            { "|1\r\n+ttl\r\n:3600\r\n$1\r\na\r\n", RespValue.Bulk.Of("a") },
            { "|0\r\n:1\r\n", new RespValue.Integer(1) },
            {
                "*2\r\n|1\r\n+popularity\r\n%1\r\n+a\r\n,0.5\r\n:1\r\n:2\r\n",
                new RespValue.Array([new RespValue.Integer(1), new RespValue.Integer(2)])
            },
        };

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_reply_is_read(string bytes, RespValue expected) =>
        Assert.Equal([expected], Read(bytes, bytes.Length));

    [Theory]
    [MemberData(nameof(Replies))]
    public void It_is_the_same_wherever_the_bytes_are_split(string bytes, RespValue expected)
    {
        for (var split = 1; split < bytes.Length; split++)
        {
            Assert.Equal([expected], Read(bytes, split));
        }
    }

    [Theory]
    [MemberData(nameof(Replies))]
    public void Half_a_reply_is_no_reply(string bytes, RespValue expected)
    {
        Assert.NotNull(expected);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(new RespParser().TryRead(Encoding.Latin1.GetBytes(bytes[..length]), out _, out _));
        }
    }

    [Fact]
    public void Many_replies_in_one_piece_are_read_one_by_one()
    {
        var bytes = string.Concat(Replies.Select(r => r.Data.Item1));
        Assert.Equal(Replies.Select(r => r.Data.Item2), Read(bytes, bytes.Length));
        Assert.Equal(Replies.Select(r => r.Data.Item2), Read(bytes, 7));
    }

    [Theory]
    [InlineData("hello\r\n", "can't begin with 'hello\\r\\n'", 0)]
    [InlineData("h", "can't begin with 'h'", 0)]
    [InlineData("\r\n", "can't begin with '\\r\\n'", 0)]
    [InlineData("\x15\x03\x03", "can't begin with '\\x15\\x03\\x03'", 0)]
    [InlineData("+OK\n", "without a carriage return: '+OK'", 0)]
    [InlineData("+OK\r\n:x\r\n", "':x' is not a whole number", 5)]
    [InlineData(":\r\n", "':' is not a whole number", 0)]
    [InlineData(": 1\r\n", "': 1' is not a whole number", 0)]
    [InlineData(":9223372036854775808\r\n", "is not a whole number", 0)]
    [InlineData("$x\r\n", "'$x' is not a length", 0)]
    [InlineData("$-2\r\n", "'$-2' announces a negative length", 0)]
    [InlineData("!-1\r\n", "'!-1' announces a negative length", 0)]
    [InlineData("%-1\r\n", "'%-1' announces a negative length", 0)]
    [InlineData("$2000000000\r\n", "announces more than 1073741824 bytes", 0)]
    [InlineData("*2000000000\r\n", "announces more than 268435456 items", 0)]
    [InlineData("%2000000000\r\n", "announces more than 134217728 pairs", 0)]
    [InlineData("$?\r\n", "'$?' is not a length", 0)]
    [InlineData("$3\r\nabcde", "does not end where it said, but goes on with 'de'", 7)]
    [InlineData("=2\r\nab\r\n", "does not begin with its format", 6)]
    [InlineData("=4\r\nabcd\r\n", "does not begin with its format", 8)]
    [InlineData("#x\r\n", "'#x' is not #t or #f", 0)]
    [InlineData("#true\r\n", "'#true' is not #t or #f", 0)]
    [InlineData("_x\r\n", "'_x' is not a null", 0)]
    [InlineData(",x\r\n", "',x' is not a number", 0)]
    [InlineData(",1,5\r\n", "',1,5' is not a number", 0)]
    [InlineData("(1.5\r\n", "'(1.5' is not a big number", 0)]
    [InlineData("(\r\n", "'(' is not a big number", 0)]
    [InlineData("*2\r\n:1\r\n?\r\n", "can't begin with '?\\r\\n'", 8)]
    public void Rubbish_is_named_with_its_place(string bytes, string expected, long position)
    {
        foreach (var piece in new[] { bytes.Length, 1 })
        {
            var error = Assert.Throws<RespFormatException>(() => Read(bytes, piece));
            Assert.Contains(piece == 1 ? expected[..12] : expected, error.Message);
            Assert.Equal(position, error.Position);
        }
    }

    [Fact]
    public void Long_rubbish_is_quoted_short()
    {
        var error = Assert.Throws<RespFormatException>(() => Read(":" + new string('x', 100_000) + "\r\n", 100_003));
        Assert.True(error.Message.Length < 200, error.Message);
    }

    [Fact]
    public void A_line_has_an_end()
    {
        var limits = RespLimits.Default with { MaxLineBytes = 100 };
        var error = Assert.Throws<RespFormatException>(() => Read("+" + new string('x', 200), 10, limits));
        Assert.Contains("longer than 100 bytes", error.Message);
    }

    [Fact]
    public void A_million_items_are_read()
    {
        var bytes = new StringBuilder("*1000000\r\n");
        for (var i = 0; i < 1_000_000; i++)
        {
            bytes.Append(':').Append(i).Append("\r\n");
        }

        var array = Assert.IsType<RespValue.Array>(Assert.Single(Read(bytes.ToString(), 16 * 1024)));

        Assert.Equal(1_000_000, array.Items.Length);
        Assert.Equal(new RespValue.Integer(999_999), array.Items[^1]);
    }

    [Fact]
    public void A_bulk_of_many_megabytes_is_read_in_small_pieces()
    {
        var content = new string('x', 5_000_000) + "y";
        var bulk = Assert.IsType<RespValue.Bulk>(Assert.Single(Read($"$5000001\r\n{content}\r\n", 1000)));
        Assert.Equal(content, bulk.Text);
    }

    [Fact]
    public void An_announcement_alone_takes_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(Read("*200000000\r\n*200000000\r\n$1000000000\r\nx", 8));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        static string Nested(int depth) => string.Concat(Enumerable.Repeat("*1\r\n", depth)) + ":1\r\n";

        Assert.Single(Read(Nested(RespLimits.Default.MaxDepth), 100));
        var error = Assert.Throws<RespFormatException>(() => Read(Nested(RespLimits.Default.MaxDepth + 1), 100));
        Assert.Contains("nested deeper than 64", error.Message);
    }

    [Fact]
    public void A_code_is_the_first_word_of_an_error()
    {
        Assert.Equal("MOVED", new RespValue.Error("MOVED 3999 127.0.0.1:6381").Code);
        Assert.Equal("CROSSSLOT", new RespValue.Error("CROSSSLOT").Code);
    }

    internal static ImmutableArray<RespValue> Read(string text, int piece, RespLimits? limits = null)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var parser = new RespParser(limits);
        var values = ImmutableArray.CreateBuilder<RespValue>();
        var start = 0;
        for (var end = 0; end < bytes.Length; )
        {
            end = Math.Min(bytes.Length, end + piece);
            bool found;
            do
            {
                found = parser.TryRead(bytes.AsSpan(start, end - start), out var consumed, out var value);
                start += consumed;
                if (found)
                {
                    values.Add(value!);
                }
            } while (found);
        }
        return values.ToImmutable();
    }
}
