using System.Collections.Immutable;

namespace Slotwright.Core.Drills;

/// <summary>Failed operations by their reasons; counting takes no memory. Not thread-safe.</summary>
public sealed class FailureCounts
{
    private const int MostNamed = 3;

    private readonly long[] _counts = new long[FailureReasons.Count];

    public void Record(FailureReason reason) => _counts[(int)reason]++;

    /// <summary>Adds all to others and begins anew.</summary>
    public void MoveTo(FailureCounts other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            other._counts[i] += _counts[i];
            _counts[i] = 0;
        }
    }

    /// <summary>The commonest first; reasons that did not occur are missing.</summary>
    public ImmutableArray<FailureCount> ToArray() =>
        Order(_counts.Select((count, i) => new FailureCount((FailureReason)i, count)).Where(c => c.Count > 0));

    public static ImmutableArray<FailureCount> Sum(IEnumerable<FailureCount> counts) =>
        Order(counts.GroupBy(c => c.Reason).Select(g => new FailureCount(g.Key, g.Sum(c => c.Count))));

    /// <summary>The commonest three in words, and how many others there are; empty where nothing failed.</summary>
    public static string Words(ImmutableArray<FailureCount> counts)
    {
        var named = counts.Take(MostNamed).Select(c => $"{c.Count} {FailureReasons.Words(c.Reason)}");
        var rest = counts.Skip(MostNamed).Sum(c => c.Count);
        return string.Join(", ", rest == 0 ? named : named.Append($"{rest} for other reasons"));
    }

    private static ImmutableArray<FailureCount> Order(IEnumerable<FailureCount> counts) =>
        [.. counts.OrderByDescending(c => c.Count).ThenBy(c => c.Reason)];
}
