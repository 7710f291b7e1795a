using System.Collections.Immutable;

namespace Slotwright.Core.Loads;

/// <summary>The heaviest of many that come by, without keeping the others.</summary>
/// <param name="most">How many are kept.</param>
public sealed class Heaviest<T>(int most)
{
    private readonly PriorityQueue<T, (double Weight, long Earlier)> _kept = new();
    private long _seen;

    /// <summary>Of two that weigh the same the one that came first is kept.</summary>
    public void Add(T item, double weight)
    {
        _kept.Enqueue(item, (weight, -_seen++));
        if (_kept.Count > most)
        {
            _kept.Dequeue();
        }
    }

    /// <summary>The heaviest first.</summary>
    public ImmutableArray<T> ToSorted() =>
        [.. _kept.UnorderedItems.OrderByDescending(i => i.Priority).Select(i => i.Element)];
}
