using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Loads;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Loads;

/// <summary>
/// Looks at some keys of a shard, spread over its slots, a few at a time: nothing that it asks takes a server long, however
/// many keys there are.
/// </summary>
/// <param name="top">How many are kept by name.</param>
/// <param name="isUseCounted">The server counts how often keys are used.</param>
internal sealed class KeySampler(ClusterSession session, Member member, int top, bool isUseCounted)
{
    private const int AtOnce = 500;

    /// <summary>A server names the keys of a slot in one go, and answers nobody else meanwhile: this many take it a few ms.</summary>
    private const int MostOfSlot = 10_000;

    /// <summary>Many keys take longer to look at than a cluster.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ImmutableArray<SlotSample>.Builder _slots = ImmutableArray.CreateBuilder<SlotSample>();
    private readonly Heaviest<SampledKey> _biggest = new(top);
    private readonly Heaviest<SampledKey> _mostUsed = new(top);

    /// <param name="most">Keys that are looked at, at most.</param>
    public async Task<KeySample> SampleAsync(ImmutableArray<SlotStat> stats, int most, CancellationToken ct)
    {
        var shares = SampleShares.Of([.. stats.Select(s => s.Keys)], most);
        var wanted = stats.Zip(shares, (s, keys) => (s.Slot, Keys: Math.Min(keys, MostOfSlot))).Where(w => w.Keys > 0);
        foreach (var batch in Batches(wanted))
        {
            foreach (
                var (slot, keys) in await session.AskAsync(
                    member,
                    Patience,
                    (node, inner) => LookAsync(node, batch, inner),
                    ct
                )
            )
            {
                _slots.Add(new SlotSample(slot, keys.Length, keys.Sum(k => k.Bytes)));
                foreach (var key in keys)
                {
                    Keep(key);
                }
            }
        }
        return new KeySample(_slots.ToImmutable(), _biggest.ToSorted(), _mostUsed.ToSorted());
    }

    private async Task<ImmutableArray<(int Slot, ImmutableArray<SampledKey> Keys)>> LookAsync(
        ValkeyConnection node,
        ImmutableArray<(int Slot, int Keys)> batch,
        CancellationToken ct
    )
    {
        var found = await node.SomeKeysAsync(batch, ct);
        ImmutableArray<(int Slot, ReadOnlyMemory<byte> Key)> keys =
        [
            .. batch.Zip(found).SelectMany(f => f.Second.Select(key => (f.First.Slot, key))),
        ];
        var sizes = await node.MemoryUsageAsync([.. keys.Select(k => k.Key)], ct);
        ImmutableArray<int?> uses = isUseCounted
            ? await node.FrequenciesAsync([.. keys.Select(k => k.Key)], ct)
            : [.. keys.Select(_ => default(int?))];
        return
        [
            .. keys.Select((k, i) => new SampledKey(k.Key, k.Slot, sizes[i], uses[i]))
                .Where(k => k.Bytes > 0) // the others have gone meanwhile
                .GroupBy(k => k.Slot)
                .Select(g => (g.Key, g.ToImmutableArray())),
        ];
    }

    private void Keep(SampledKey key)
    {
        _biggest.Add(key, key.Bytes);
        if (key.Frequency is > 0 and var frequency)
        {
            _mostUsed.Add(key, frequency);
        }
    }

    private static IEnumerable<ImmutableArray<(int Slot, int Keys)>> Batches(IEnumerable<(int Slot, int Keys)> wanted)
    {
        var batch = ImmutableArray.CreateBuilder<(int, int)>();
        var keys = 0;
        foreach (var slot in wanted)
        {
            if (batch.Count > 0 && keys + slot.Keys > AtOnce)
            {
                yield return batch.DrainToImmutable();
                keys = 0;
            }
            batch.Add(slot);
            keys += slot.Keys;
        }
        if (batch.Count > 0)
        {
            yield return batch.DrainToImmutable();
        }
    }
}
