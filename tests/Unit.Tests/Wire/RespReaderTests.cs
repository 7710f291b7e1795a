using System.Text;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Wire;

public sealed class RespReaderTests
{
    [Fact(Timeout = 30_000)]
    public async Task A_stream_that_ends_between_replies_has_ended()
    {
        using var reader = new RespReader(Bytes("+a\r\n+b\r\n"));
        Assert.Equal("a", (await reader.ReadAsync(default))!.AsText());
        Assert.Equal("b", (await reader.ReadAsync(default))!.AsText());
        Assert.Null(await reader.ReadAsync(default));
        Assert.Null(await reader.ReadAsync(default));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("+a")]
    [InlineData("$5\r\nab")]
    [InlineData("$2\r\nab\r")]
    [InlineData("*2\r\n:1\r\n")]
    [InlineData("|1\r\n+a\r\n:1")]
    public async Task A_stream_that_ends_within_a_reply_is_cut_off(string bytes)
    {
        using var reader = new RespReader(Bytes(bytes));
        var error = await Assert.ThrowsAsync<RespFormatException>(async () => await reader.ReadAsync(default));
        Assert.Contains("ended within a reply", error.Message);
        Assert.Equal(bytes.Length, error.Position);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_line_longer_than_the_buffer_is_read()
    {
        var line = new string('x', 300_000);
        using var reader = new RespReader(Bytes($"+{line}\r\n:1\r\n"));
        Assert.Equal(line, (await reader.ReadAsync(default))!.AsText());
        Assert.Equal(new RespValue.Integer(1), await reader.ReadAsync(default));
    }

    [Fact(Timeout = 30_000)]
    public async Task Replies_that_straddle_the_buffer_are_whole()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
        {
            text.Append($"*2\r\n${$"{i}".Length}\r\n{i}\r\n:{i}\r\n");
        }
        using var reader = new RespReader(Bytes(text.ToString()));
        for (var i = 0; i < 20_000; i++)
        {
            var pair = Assert.IsType<RespValue.Array>(await reader.ReadAsync(default));
            Assert.Equal(($"{i}", new RespValue.Integer(i)), (pair.Items[0].AsText(), pair.Items[1]));
        }
    }

    private static MemoryStream Bytes(string text) => new(Encoding.Latin1.GetBytes(text));
}
