using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>A key that can't be moved without keeping both servers for longer than is allowed.</summary>
/// <param name="Block">How long it is expected to keep them.</param>
internal sealed record BigKey(int Slot, SizedKey Key, TimeSpan Block)
{
    /// <summary>The biggest of a slot's keys where that is one; null where it is not, or there are none.</summary>
    /// <param name="allowed">How long both servers may be kept.</param>
    public static BigKey? Find(int slot, ImmutableArray<SizedKey> keys, BlockBudget budget, TimeSpan allowed)
    {
        if (keys.IsEmpty)
        {
            return null;
        }
        var biggest = keys.MaxBy(k => k.Bytes);
        return budget.AtLeast(biggest.Bytes) > allowed
            ? new BigKey(slot, biggest, budget.Expected(biggest.Bytes))
            : null;
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Printable.Quote(Key.Key.Span)} in slot {Slot}, {Key.Bytes / 1048576.0:0.#} MiB, about {Block.TotalMilliseconds:0} ms"
        );
}
