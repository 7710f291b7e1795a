using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// SETSLOT and MIGRATE, for all versions, group of slots by group: all of a group are opened, then their keys go in batches
/// that no server is kept too long by, then all are closed. Between SETSLOTs a MIGRATE waits: a server writes and syncs its
/// nodes.conf after each. Where the pace bears that, the groups before and after are closed and opened meanwhile, since
/// SETSLOT waits longer still; else the taker is told of the next group while the giver closes one. Stopped, it finishes
/// what it has opened.
/// </summary>
internal sealed class StepwiseMover(MoveEnds ends) : ISlotMover
{
    /// <summary>Of the first group: no keys go before those of all its slots are known. Those after it are twice as many each.</summary>
    private const int FirstTogether = 64;

    private readonly List<BigKey> _big = [];

    public async Task<SlotsLeft> MoveAsync(SlotSet slots, CancellationToken ct)
    {
        await ends.AskSourceAsync(
            static (node, inner) =>
                OnlyDatabase.DemandAsync(
                    node,
                    "leave --mover away: an atomic migration takes all databases with it, where both servers have 9.0 or later",
                    inner
                ),
            ct
        );
        var replicas = await TakerReplicas.FindAsync(ends, ct);
        await TakerEpoch.RaiseAsync(ends, replicas, ct);
        await MoveGroupsAsync(new Queue<int>(slots), ct);
        await TakerReplicas.KeepAsync(ends, replicas, ct);
        return _big.Count == 0 ? SlotsLeft.None : throw TooBig();
    }

    /// <summary>
    /// Of two SETSLOTs at once a replica often confirms the second 40 ms later: where groups do not overlap, slots go one by
    /// one between servers with replicas.
    /// </summary>
    private int SlotsTogether =>
        ends is { HaveReplicas: true, Moving.Pace.Overlaps: false } ? 1 : ends.Moving.Pace.SlotsTogether;

    private async Task MoveGroupsAsync(Queue<int> rest, CancellationToken ct)
    {
        var most = Math.Min(SlotsTogether, rest.Count);
        var together = Math.Min(FirstTogether, most);
        var budget = new BlockBudget(ends.Moving.Pace.Block);
        await using var scout = await SlotScout.OpenAsync(ends, ct);
        await using var lanes = await StepwiseLanes.OpenAsync(ends, budget, most, ct);
        int[] carried = [];
        for (var next = await BeginNextAsync(); next is { } open; )
        {
            if (ends.Moving.Pace.Overlaps)
            {
                var beginning = BeginNextAsync();
                await Task.WhenAll(lanes.EndAsync(carried), lanes.CarryAsync(open.Slots, open.Seen), beginning);
                carried = open.Slots;
                next = await beginning;
            }
            else
            {
                await lanes.CarryAsync(open.Slots, open.Seen);
                await lanes.HandAsync(open.Slots);
                var preparing = PrepareNextAsync();
                await Task.WhenAll(lanes.CloseAsync(open.Slots), preparing);
                next = await preparing;
                await lanes.OpenGiverAsync(next?.Slots ?? []);
            }
        }
        await lanes.EndAsync(carried);
        if (rest.Count > 0)
        {
            ct.ThrowIfCancellationRequested();
        }

        async Task<OpenGroup?> BeginNextAsync()
        {
            var next = await PrepareNextAsync();
            await lanes.OpenGiverAsync(next?.Slots ?? []);
            return next;
        }

        async Task<OpenGroup?> PrepareNextAsync()
        {
            if (ct.IsCancellationRequested || rest.Count == 0)
            {
                return null;
            }
            int[] group = [.. Enumerable.Range(0, Math.Min(together, rest.Count)).Select(_ => rest.Dequeue())];
            together = Math.Min(2 * together, most);
            var seen = await scout.LookAsync(group);
            var slots = WithoutBig(seen, budget);
            await lanes.OpenTakerAsync(slots);
            return new OpenGroup(slots, seen);
        }
    }

    /// <summary>Leaves out slots with a key that would keep the servers too long; none where that is allowed.</summary>
    private int[] WithoutBig(ImmutableSortedDictionary<int, ImmutableArray<SizedKey>> seen, BlockBudget budget)
    {
        if (ends.Moving.AllowsBlocking)
        {
            return [.. seen.Keys];
        }
        BigKey[] big =
        [
            .. seen.Select(s => BigKey.Find(s.Key, s.Value, budget, ends.Moving.Pace.Block)).OfType<BigKey>(),
        ];
        _big.AddRange(big);
        return [.. seen.Keys.Except(big.Select(b => b.Slot))];
    }

    private OperationFailedException TooBig()
    {
        var shown = _big.OrderByDescending(k => k.Key.Bytes).Take(5);
        var slots = SlotSet.OfSlots(_big.Select(k => k.Slot));
        return new OperationFailedException(
            $"{_big.Count} slots have a key that would keep both servers longer than {ends.Moving.Pace.Block.TotalMilliseconds:0} ms, "
                + $"and a key can't be divided: {string.Join("; ", shown)}",
            member: ends.Step.FromMember,
            command: "MIGRATE",
            done: $"all slots but {slots}",
            next: "run the same command again with --allow-blocking, in a quiet hour"
        );
    }

    /// <param name="Seen">The keys of these slots, and perhaps of others, as they were seen first.</param>
    private sealed record OpenGroup(int[] Slots, ImmutableSortedDictionary<int, ImmutableArray<SizedKey>> Seen);
}
