using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Wire;

public sealed class RespRoundTripTests
{
    private static readonly Gen<string> Line = Gen.String[Gen.Char[' ', '~'], 0, 20];

    private static readonly Gen<string> Text = Gen
        .Char.Array[0, 20]
        .Select(chars => string.Concat(chars.Where(c => !char.IsSurrogate(c))));

    private static readonly Gen<RespValue> Leaf = Gen.OneOf<RespValue>(
        Gen.Const<RespValue>(RespValue.Null.Instance),
        Line.Select(RespValue (t) => new RespValue.Simple(t)),
        Line.Select(RespValue (t) => new RespValue.Error(t)),
        Text.Select(RespValue (t) => new RespValue.Error($"ERR a\r\n{t}")),
        Gen.Long.Select(RespValue (n) => new RespValue.Integer(n)),
        Gen.Byte.Array[0, 300].Select(RespValue (b) => new RespValue.Bulk(b)),
        Gen.Double.Select(RespValue (d) => new RespValue.Double(d)),
        Gen.Bool.Select(RespValue (b) => new RespValue.Boolean(b)),
        Gen.Long.Select(RespValue (n) => new RespValue.BigNumber($"{n}{Math.Abs(n % 1000)}")),
        Text.Select(RespValue (t) => new RespValue.Verbatim("txt", t))
    );

    private static readonly Gen<RespValue> Any = Nested(3);

    [Fact]
    public void What_is_written_is_read_back_however_it_is_cut() =>
        Gen.Select(Any.Array[1, 5], Gen.Int[1, 40].Array[1, 10])
            .Sample(
                (values, pieces) =>
                {
                    var output = new ArrayBufferWriter<byte>();
                    foreach (var value in values)
                    {
                        RespWriter.Write(output, value);
                    }
                    Assert.Equal(values, Read(output.WrittenSpan, pieces));
                },
                iter: 2000
            );

    [Fact]
    public void Values_are_equal_where_their_contents_are() =>
        Any.Sample(
            value =>
            {
                var output = new ArrayBufferWriter<byte>();
                RespWriter.Write(output, value);
                var again = Assert.Single(Read(output.WrittenSpan, [1000]));
                Assert.Equal(value.GetHashCode(), again.GetHashCode());
                Assert.NotEqual(new RespValue.Array([value]), value);
            },
            iter: 500
        );

    [Fact]
    public void Rubbish_never_ends_in_another_exception_than_its_own() =>
        Gen.Select(Gen.Byte.Array[0, 60], Any, Gen.Int[0, 200])
            .Sample(
                (rubbish, value, at) =>
                {
                    var output = new ArrayBufferWriter<byte>();
                    RespWriter.Write(output, value);
                    var good = output.WrittenSpan;
                    at = Math.Min(at, good.Length);
                    byte[] bytes = [.. good[..at], .. rubbish, .. good[at..]];
                    try
                    {
                        _ = Read(bytes, [7]);
                    }
                    catch (RespFormatException e)
                    {
                        Assert.InRange(e.Position, 0, bytes.Length);
                    }
                },
                iter: 5000
            );

    [Fact]
    public void A_command_is_an_array_of_bulks()
    {
        var output = new ArrayBufferWriter<byte>();
        RespWriter.Write(output, RespCommand.Of("SET", "key", "hé"));
        Assert.Equal("*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$3\r\nhé\r\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void A_simple_text_can_not_smuggle_in_a_line()
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Throws<ArgumentException>(() => RespWriter.Write(output, new RespValue.Simple("OK\r\n+more")));
        Assert.Equal(0, output.WrittenCount);
    }

    [Theory]
    [InlineData("cluster nodes", "CLUSTER NODES")]
    [InlineData("CONFIG SET primaryauth secret", "CONFIG SET")]
    [InlineData("AUTH user secret", "AUTH")]
    [InlineData("set key secret", "SET")]
    [InlineData("HELLO 3 AUTH user secret", "HELLO")]
    [InlineData("MIGRATE host 1 key 0 5 AUTH secret", "MIGRATE")]
    [InlineData("ACL SETUSER x >secret", "ACL SETUSER")]
    public void A_title_never_has_an_argument(string words, string title)
    {
        var command = RespCommand.Of(words.Split(' '));
        Assert.Equal(title, command.Title);
        Assert.Equal(title, command.ToString());
    }

    private static Gen<RespValue> Nested(int depth)
    {
        if (depth == 0)
        {
            return Leaf;
        }
        var inner = Nested(depth - 1);
        var items = inner.Array[0, 4].Select(a => a.ToImmutableArray());
        return Gen.Frequency(
            (6, Leaf),
            (2, items.Select(RespValue (i) => new RespValue.Array(i))),
            (1, items.Select(RespValue (i) => new RespValue.Set(i))),
            (1, items.Select(RespValue (i) => new RespValue.Push(i))),
            (
                1,
                Gen.Select(inner, inner)
                    .Array[0, 3]
                    .Select(
                        RespValue (p) => new RespValue.Map([.. p.Select(e => KeyValuePair.Create(e.Item1, e.Item2))])
                    )
            )
        );
    }

    private static List<RespValue> Read(ReadOnlySpan<byte> bytes, int[] pieces)
    {
        var parser = new RespParser();
        var values = new List<RespValue>();
        var start = 0;
        var end = 0;
        for (var i = 0; end < bytes.Length; i++)
        {
            end = Math.Min(bytes.Length, end + pieces[i % pieces.Length]);
            bool found;
            do
            {
                found = parser.TryRead(bytes[start..end], out var consumed, out var value);
                start += consumed;
                if (found)
                {
                    values.Add(value!);
                }
            } while (found);
        }
        return values;
    }
}
