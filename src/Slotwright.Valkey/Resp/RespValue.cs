using System.Collections.Immutable;
using System.Text;

namespace Slotwright.Valkey.Resp;

/// <summary>A reply, RESP2 or RESP3.</summary>
public abstract record RespValue
{
    public sealed record Null : RespValue;

    public sealed record Simple(string Text) : RespValue;

    /// <param name="Text">The whole line without its dash: <c>MOVED 3999 127.0.0.1:6381</c>.</param>
    public sealed record Error(string Text) : RespValue
    {
        /// <summary>The first word, upper-case as servers send it: <c>ERR</c>, <c>MOVED</c>, <c>NOAUTH</c>.</summary>
        public string Code => Text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? Text[..space] : Text;
    }

    public sealed record Integer(long Value) : RespValue;

    public sealed record Bulk(ReadOnlyMemory<byte> Bytes) : RespValue
    {
        public string Text => Encoding.UTF8.GetString(Bytes.Span);
    }

    public sealed record Array(ImmutableArray<RespValue> Items) : RespValue;

    public sealed record Map(ImmutableArray<KeyValuePair<RespValue, RespValue>> Entries) : RespValue;

    public sealed record Set(ImmutableArray<RespValue> Items) : RespValue;

    public sealed record Push(ImmutableArray<RespValue> Items) : RespValue;

    public sealed record Double(double Value) : RespValue;

    public sealed record Boolean(bool Value) : RespValue;

    public sealed record BigNumber(string Digits) : RespValue;

    /// <param name="Format">Three letters: <c>txt</c> or <c>mkd</c>.</param>
    public sealed record Verbatim(string Format, string Text) : RespValue;
}
