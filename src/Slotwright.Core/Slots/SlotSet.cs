using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Slotwright.Core.Json;

namespace Slotwright.Core.Slots;

/// <summary>
/// A set of hash slots as sorted ranges that neither touch nor overlap; written <c>0-5460,10923</c>, empty as an
/// empty text. Equal by value.
/// </summary>
[JsonConverter(typeof(TextConverter<SlotSet>))]
public sealed class SlotSet : IEquatable<SlotSet>, IEnumerable<int>, IParsable<SlotSet>
{
    public static readonly SlotSet Empty = new([]);
    public static readonly SlotSet All = new([new SlotRange(0, HashSlot.Count - 1)]);

    private SlotSet(ImmutableArray<SlotRange> ranges)
    {
        Ranges = ranges;
        Count = ranges.Sum(r => r.Count);
    }

    public ImmutableArray<SlotRange> Ranges { get; }

    /// <summary>Number of slots, 0 to 16384.</summary>
    public int Count { get; }

    public bool IsEmpty => Count == 0;

    public static SlotSet Of(params ReadOnlySpan<SlotRange> ranges)
    {
        if (ranges.IsEmpty)
        {
            return Empty;
        }
        var sorted = ranges.ToArray();
        Array.Sort(sorted);
        var merged = ImmutableArray.CreateBuilder<SlotRange>(sorted.Length);
        var current = sorted[0];
        foreach (var next in sorted.AsSpan(1))
        {
            if (next.First <= current.Last + 1)
            {
                current = new SlotRange(current.First, Math.Max(current.Last, next.Last));
            }
            else
            {
                merged.Add(current);
                current = next;
            }
        }
        merged.Add(current);
        return new SlotSet(merged.DrainToImmutable());
    }

    public static SlotSet Of(int first, int last) => Of(new SlotRange(first, last));

    public static SlotSet OfSlots(IEnumerable<int> slots) => Of([.. slots.Select(s => new SlotRange(s, s))]);

    /// <summary>The whole key space divided over <paramref name="shards"/> as the field does: 3 are 0-5460, 5461-10922, 10923-16383.</summary>
    public static ImmutableArray<SlotSet> Split(int shards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shards, HashSlot.Count);
        var each = (double)HashSlot.Count / shards;
        var parts = ImmutableArray.CreateBuilder<SlotSet>(shards);
        var first = 0;
        for (var i = 1; i <= shards; i++)
        {
            var last =
                i == shards ? HashSlot.Count - 1 : (int)Math.Round((each * i) - 1, MidpointRounding.AwayFromZero);
            parts.Add(Of(first, last));
            first = last + 1;
        }
        return parts.DrainToImmutable();
    }

    public bool Contains(int slot)
    {
        var low = 0;
        var high = Ranges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (slot < Ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (slot > Ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }
        return false;
    }

    public SlotSet Union(SlotSet other) =>
        IsEmpty ? other
        : other.IsEmpty ? this
        : Of([.. Ranges, .. other.Ranges]);

    public static SlotSet Union(IEnumerable<SlotSet> sets) => Of([.. sets.SelectMany(s => s.Ranges)]);

    public SlotSet Except(SlotSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }
        if (Equals(other))
        {
            return Empty;
        }
        var left = new List<SlotRange>();
        var i = 0;
        foreach (var range in Ranges)
        {
            var first = range.First;
            while (i < other.Ranges.Length && other.Ranges[i].Last < first)
            {
                i++;
            }
            for (var j = i; first <= range.Last && j < other.Ranges.Length && other.Ranges[j].First <= range.Last; j++)
            {
                if (other.Ranges[j].First > first)
                {
                    left.Add(new SlotRange(first, other.Ranges[j].First - 1));
                }
                first = other.Ranges[j].Last + 1;
            }
            if (first <= range.Last)
            {
                left.Add(new SlotRange(first, range.Last));
            }
        }
        return Of([.. left]);
    }

    public SlotSet Intersect(SlotSet other) => Except(Except(other));

    public bool Overlaps(SlotSet other) => !Intersect(other).IsEmpty;

    public IEnumerator<int> GetEnumerator()
    {
        foreach (var range in Ranges)
        {
            for (var slot = range.First; slot <= range.Last; slot++)
            {
                yield return slot;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(SlotSet? other) => other is not null && Ranges.AsSpan().SequenceEqual(other.Ranges.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as SlotSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var range in Ranges)
        {
            hash.Add(range);
        }
        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(',', Ranges);

    public static SlotSet Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var set)
            ? set
            : throw new FormatException($"'{s}' is not a set of slots: expected ranges such as 0-5460,10923");

    public static bool TryParse(
        [NotNullWhen(true)] string? s,
        IFormatProvider? provider,
        [MaybeNullWhen(false)] out SlotSet result
    )
    {
        result = null;
        if (s is null)
        {
            return false;
        }
        var ranges = new List<SlotRange>();
        foreach (var part in s.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!SlotRange.TryParse(part, provider, out var range))
            {
                return false;
            }
            ranges.Add(range);
        }
        result = Of([.. ranges]);
        return true;
    }
}
