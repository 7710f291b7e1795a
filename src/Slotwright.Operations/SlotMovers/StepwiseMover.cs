using System.Collections.Concurrent;
using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Operations.Running;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// SETSLOT and MIGRATE, for all versions: several slots are on their way at once, each of them in a lane of its own, and
/// the keys go in batches that no server is kept too long by. Stopped, each lane finishes its slot.
/// </summary>
internal sealed class StepwiseMover(MoveEnds ends) : ISlotMover
{
    private readonly ConcurrentQueue<BigKey> _big = new();

    public async Task<SlotsLeft> MoveAsync(SlotSet slots, CancellationToken ct)
    {
        var queue = new ConcurrentQueue<int>(slots);
        var budget = new BlockBudget(ends.Moving.Pace.Block);
        await Together.RunAsync(
            Enumerable
                .Range(0, Math.Min(ends.Moving.Pace.Lanes, slots.Count))
                .Select<int, Func<CancellationToken, Task<bool>>>(_ => inner => RunLaneAsync(queue, budget, inner)),
            ct
        );
        return _big.IsEmpty ? SlotsLeft.None : throw TooBig([.. _big]);
    }

    private async Task<bool> RunLaneAsync(ConcurrentQueue<int> queue, BlockBudget budget, CancellationToken ct)
    {
        await using var lane = await SlotLane.OpenAsync(ends, budget, ct);
        while (!ct.IsCancellationRequested && queue.TryDequeue(out var slot))
        {
            if (await lane.MoveAsync(slot) is { } big)
            {
                _big.Enqueue(big);
            }
        }
        ct.ThrowIfCancellationRequested();
        return true;
    }

    private OperationFailedException TooBig(ImmutableArray<BigKey> keys)
    {
        var shown = keys.OrderByDescending(k => k.Key.Bytes).Take(5).Select(k => k.ToString());
        var slots = SlotSet.OfSlots(keys.Select(k => k.Slot));
        return new OperationFailedException(
            $"{keys.Length} slots have a key that would keep both servers longer than {ends.Moving.Pace.Block.TotalMilliseconds:0} ms, "
                + $"and a key can't be divided: {string.Join("; ", shown)}",
            member: ends.Step.FromMember,
            command: "MIGRATE",
            done: $"all slots but {slots}",
            next: "run the same command again with --allow-blocking, in a quiet hour"
        );
    }
}
