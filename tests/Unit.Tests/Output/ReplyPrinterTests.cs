using System.Text;
using Slotwright.Output;
using Slotwright.Valkey.Resp;
using static Slotwright.Valkey.Resp.RespValue;

namespace Slotwright.Unit.Tests.Output;

/// <summary>What valkey-cli itself prints for the same is compared on real servers (Integration.Tests/Commands).</summary>
public sealed class ReplyPrinterTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("", "\"\"")]
    [InlineData("a\nb\r\tc", "\"a\\nb\\r\\tc\"")]
    [InlineData("say \"hi\" \\", "\"say \\\"hi\\\" \\\\\"")]
    [InlineData("\a\b\0\u007f", "\"\\a\\b\\x00\\x7f\"")]
    [InlineData("\u00e9", "\"\\xc3\\xa9\"")]
    [InlineData("it's", "\"it's\"")]
    public void Texts_are_quoted(string text, string expected) => Assert.Equal(expected + "\n", Typed(Bulk.Of(text)));

    [Fact]
    public void Values_are_printed_with_their_types()
    {
        Assert.Equal("OK\n", Typed(new Simple("OK")));
        Assert.Equal("(error) ERR no\n", Typed(new Error("ERR no")));
        Assert.Equal("(integer) -7\n", Typed(Integer.Of(-7)));
        Assert.Equal("(nil)\n", Typed(Null.Instance));
        Assert.Equal("(double) 1.5\n", Typed(new RespValue.Double(1.5)));
        Assert.Equal("(double) -inf\n", Typed(new RespValue.Double(double.NegativeInfinity)));
        Assert.Equal("(true)\n", Typed(new RespValue.Boolean(true)));
        Assert.Equal("(false)\n", Typed(new RespValue.Boolean(false)));
        Assert.Equal("a\nb\n", Typed(new Verbatim("txt", "a\nb")));
        Assert.Equal("123456789012345678901234567890\n", Typed(new BigNumber("123456789012345678901234567890")));
    }

    [Fact]
    public void Empty_aggregates_are_named()
    {
        Assert.Equal("(empty array)\n", Typed(Array()));
        Assert.Equal("(empty set)\n", Typed(new Set([])));
        Assert.Equal("(empty hash)\n", Typed(new Map([])));
        Assert.Equal("(empty push)\n", Typed(new Push([])));
    }

    [Fact]
    public void Nested_arrays_are_indented_by_the_width_of_their_numbers() =>
        Assert.Equal(
            """
             1) "a"
             2) 1) "b"
                2) 1) (integer) 1
                   2) (nil)
             3) (empty array)
             4) "x"
             5) "x"
             6) "x"
             7) "x"
             8) "x"
             9) "x"
            10) "x"

            """,
            Typed(
                Array([
                    Bulk.Of("a"),
                    Array(Bulk.Of("b"), Array(Integer.Of(1), Null.Instance)),
                    Array(),
                    .. Enumerable.Repeat<RespValue>(Bulk.Of("x"), 7),
                ])
            )
        );

    [Fact]
    public void Maps_and_sets_have_marks_of_their_own() =>
        Assert.Equal(
            """
            1# "a" => (integer) 1
            2# "b" => 1~ "x"
               2~ "y"

            """,
            Typed(new Map([new(Bulk.Of("a"), Integer.Of(1)), new(Bulk.Of("b"), new Set([Bulk.Of("x"), Bulk.Of("y")]))]))
        );

    [Fact]
    public void Raw_is_the_bytes_alone()
    {
        byte[] odd = [0, 255, 10];
        Assert.Equal(odd, ReplyPrinter.Raw(new Bulk(odd)).ToArray());
        Assert.Equal("", Raw(Null.Instance));
        Assert.Equal("ERR no\n", Raw(new Error("ERR no")));
        Assert.Equal("a\n1\n\nb", Raw(Array(Bulk.Of("a"), Integer.Of(1), Array(), Bulk.Of("b"))));
        Assert.Equal("a 1\nb 2", Raw(new Map([new(Bulk.Of("a"), Integer.Of(1)), new(Bulk.Of("b"), Integer.Of(2))])));
    }

    [Theory]
    [InlineData("INFO", true)]
    [InlineData("info memory", true)]
    [InlineData("CLUSTER NODES", true)]
    [InlineData("cluster info", true)]
    [InlineData("CLUSTER NODES x", false)]
    [InlineData("CLUSTER SHARDS", false)]
    [InlineData("CLIENT LIST TYPE normal", true)]
    [InlineData("CLIENT INFO", true)]
    [InlineData("CLIENT ID", false)]
    [InlineData("MEMORY DOCTOR", true)]
    [InlineData("MEMORY MALLOC-STATS", true)]
    [InlineData("MEMORY STATS", false)]
    [InlineData("LATENCY GRAPH command", true)]
    [InlineData("LATENCY GRAPH", false)]
    [InlineData("LATENCY DOCTOR", true)]
    [InlineData("LOLWUT", true)]
    [InlineData("GET info", false)]
    public void Replies_made_for_people_are_known_by_their_commands(string command, bool expected) =>
        Assert.Equal(expected, ReplyPrinter.IsForPeople(RespCommand.Of(command.Split(' '))));

    private static RespValue.Array Array(params RespValue[] items) => new([.. items]);

    private static string Typed(RespValue reply) => Encoding.UTF8.GetString(ReplyPrinter.Typed(reply).Span);

    private static string Raw(RespValue reply) => Encoding.UTF8.GetString(ReplyPrinter.Raw(reply).Span);
}
