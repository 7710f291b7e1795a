using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Slotwright.Core.Json;

namespace Slotwright.Core.Slots;

/// <summary>A closed range of hash slots, written <c>0-5460</c>, or <c>7</c> where it holds one slot.</summary>
[JsonConverter(typeof(TextConverter<SlotRange>))]
public readonly record struct SlotRange : ISpanParsable<SlotRange>, IComparable<SlotRange>
{
    /// <param name="first">The first slot, 0 to 16383.</param>
    /// <param name="last">The last slot, <paramref name="first"/> to 16383.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or leaves 0 to 16383.</exception>
    public SlotRange(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(last, HashSlot.Count);
        First = first;
        Last = last;
    }

    public int First { get; }

    public int Last { get; }

    public int Count => Last - First + 1;

    public int CompareTo(SlotRange other) =>
        First != other.First ? First.CompareTo(other.First) : Last.CompareTo(other.Last);

    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";

    public static SlotRange Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    public static SlotRange Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var range)
            ? range
            : throw new FormatException(
                $"'{s}' is not a slot range: expected N or N-M within 0 to {HashSlot.Count - 1}"
            );

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SlotRange result) =>
        TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out SlotRange result)
    {
        var dash = s.IndexOf('-');
        var first = dash < 0 ? s : s[..dash];
        var last = dash < 0 ? s : s[(dash + 1)..];
        if (TrySlot(first, out var f) && TrySlot(last, out var l) && f <= l)
        {
            result = new SlotRange(f, l);
            return true;
        }
        result = default;
        return false;
    }

    private static bool TrySlot(ReadOnlySpan<char> s, out int slot) =>
        int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out slot) && slot < HashSlot.Count;
}
