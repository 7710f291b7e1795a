using System.Collections.Immutable;
using System.Text;

namespace Slotwright.Valkey.Resp;

/// <summary>A reply, RESP2 or RESP3. Replies are equal where their contents are.</summary>
public abstract record RespValue
{
    /// <summary>The text of a simple text, bulk or verbatim text; null for anything else.</summary>
    public string? AsText() =>
        this switch
        {
            Simple simple => simple.Text,
            Bulk bulk => bulk.Text,
            Verbatim verbatim => verbatim.Text,
            _ => null,
        };

    /// <summary>Null of RESP3 and both nulls of RESP2.</summary>
    public sealed record Null : RespValue
    {
        public static Null Instance { get; } = new();
    }

    public sealed record Simple(string Text) : RespValue;

    /// <param name="Text">The whole line without its dash: <c>MOVED 3999 127.0.0.1:6381</c>.</param>
    public sealed record Error(string Text) : RespValue
    {
        /// <summary>The first word, upper-case as servers send it: <c>ERR</c>, <c>MOVED</c>, <c>NOAUTH</c>.</summary>
        public string Code => Text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? Text[..space] : Text;
    }

    public sealed record Integer(long Value) : RespValue
    {
        private static readonly Integer[] Small = [.. Enumerable.Range(0, 32).Select(n => new Integer(n))];

        /// <summary>Small numbers come often: they are shared.</summary>
        public static Integer Of(long value) => value >= 0 && value < Small.Length ? Small[value] : new(value);
    }

    public sealed record Bulk(ReadOnlyMemory<byte> Bytes) : RespValue
    {
        public string Text => Encoding.UTF8.GetString(Bytes.Span);

        public static Bulk Of(string text) => new(Encoding.UTF8.GetBytes(text));

        public bool Equals(Bulk? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.AddBytes(Bytes.Span);
            return hash.ToHashCode();
        }
    }

    public sealed record Array(ImmutableArray<RespValue> Items) : RespValue
    {
        public bool Equals(Array? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        public override int GetHashCode() => Hash(Items);
    }

    public sealed record Map(ImmutableArray<KeyValuePair<RespValue, RespValue>> Entries) : RespValue
    {
        public bool Equals(Map? other) => other is not null && Entries.AsSpan().SequenceEqual(other.Entries.AsSpan());

        public override int GetHashCode() => Hash(Entries);
    }

    public sealed record Set(ImmutableArray<RespValue> Items) : RespValue
    {
        public bool Equals(Set? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        public override int GetHashCode() => Hash(Items);
    }

    /// <summary>Not a reply, but news that comes between replies (RESP3).</summary>
    public sealed record Push(ImmutableArray<RespValue> Items) : RespValue
    {
        public bool Equals(Push? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

        public override int GetHashCode() => Hash(Items);
    }

    public sealed record Double(double Value) : RespValue;

    public sealed record Boolean(bool Value) : RespValue;

    public sealed record BigNumber(string Digits) : RespValue;

    /// <param name="Format">Three letters: <c>txt</c> or <c>mkd</c>.</param>
    public sealed record Verbatim(string Format, string Text) : RespValue;

    private static int Hash<T>(ImmutableArray<T> items)
    {
        var hash = new HashCode();
        foreach (var item in items)
        {
            hash.Add(item);
        }
        return hash.ToHashCode();
    }
}
