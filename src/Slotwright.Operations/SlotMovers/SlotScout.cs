using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// Looks at the keys of slots that come next, over a connection of its own, while those before them are on their way.
/// </summary>
internal sealed class SlotScout(MoveEnds ends, ValkeyConnection source) : IAsyncDisposable
{
    private const int KeysAtOnce = 1000;

    /// <summary>A server serves nobody else until it has told the keys of all of them.</summary>
    private const int SlotsAtOnce = 16;

    /// <summary>For the keys of some slots.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<SlotScout> OpenAsync(MoveEnds ends, CancellationToken ct) =>
        new(ends, await ends.OpenSourceAsync(ct));

    /// <returns>Their keys by slot.</returns>
    /// <exception cref="OperationFailedException">The giver does not tell them.</exception>
    public async Task<ImmutableSortedDictionary<int, ImmutableArray<SizedKey>>> LookAsync(int[] slots)
    {
        var seen = ImmutableSortedDictionary.CreateBuilder<int, ImmutableArray<SizedKey>>();
        foreach (var some in slots.Chunk(SlotsAtOnce))
        {
            var found = await ends.InTimeAsync(
                source,
                ct => SlotKeys.LookAtAllAsync(source, some, KeysAtOnce, ct),
                Patience
            );
            seen.AddRange(found.Select(f => KeyValuePair.Create(f.Slot, f.Keys)));
        }
        return seen.ToImmutable();
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
