using Slotwright.Core.Failures;
using Slotwright.Core.Slots;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// SETSLOT and MIGRATE, for all versions, group of slots by group: all of a group are opened, then their keys go in batches
/// that no server is kept too long by, then all are closed. Between SETSLOTs no MIGRATE would get far: a server writes and
/// syncs its nodes.conf after each. Stopped, it finishes its group.
/// </summary>
internal sealed class StepwiseMover(MoveEnds ends) : ISlotMover
{
    /// <summary>Connections to each end: the servers answer SETSLOT late, and at the same time to several.</summary>
    private const int MostLanes = 32;

    private readonly List<BigKey> _big = [];

    public async Task<SlotsLeft> MoveAsync(SlotSet slots, CancellationToken ct)
    {
        var pace = ends.Moving.Pace;
        var budget = new BlockBudget(pace.Block);
        var lanes = new List<SlotLane>();
        try
        {
            for (var i = 0; i < Math.Min(Math.Min(MostLanes, pace.SlotsAtOnce), slots.Count); i++)
            {
                lanes.Add(await SlotLane.OpenAsync(ends, budget, ct));
            }
            foreach (var group in slots.Chunk(pace.SlotsAtOnce))
            {
                ct.ThrowIfCancellationRequested();
                await MoveGroupAsync(lanes, group);
            }
        }
        finally
        {
            foreach (var lane in lanes)
            {
                await lane.DisposeAsync();
            }
        }
        return _big.Count == 0 ? SlotsLeft.None : throw TooBig();
    }

    private async Task MoveGroupAsync(List<SlotLane> lanes, int[] group)
    {
        var shares = group.Chunk((group.Length + lanes.Count - 1) / lanes.Count).ToArray();
        var big = (await OnEachAsync((lane, share) => lane.FindBigAsync(share))).SelectMany(b => b).ToArray();
        _big.AddRange(big);
        shares = [.. shares.Select(s => s.Except(big.Select(b => b.Slot)).ToArray())];
        await OnEachAsync((lane, share) => lane.BeginAsync(share));
        await OnEachAsync((lane, share) => lane.CarryAsync(share));
        await OnEachAsync((lane, share) => lane.EndAsync(share));

        Task<T[]> OnEachAsync<T>(Func<SlotLane, int[], Task<T>> act) =>
            Task.WhenAll(shares.Zip(lanes, (share, lane) => act(lane, share)));
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
}
