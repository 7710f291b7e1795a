using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// CLUSTER MIGRATESLOTS (from 9.0 on): the giver sends a snapshot and what is written meanwhile, and all slots of one
/// migration change their owner in one moment. Where writes come faster than they can follow, fewer slots go at a time.
/// </summary>
internal sealed class AtomicMover(MoveEnds ends) : ISlotMover
{
    private const int MostAttempts = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    public async Task<SlotsLeft> MoveAsync(SlotSet slots, CancellationToken ct)
    {
        var chunks = new Queue<SlotSet>(SlotChunks.Of(slots, await SlotsAtOnceAsync(ct)));
        var attempts = 0;
        while (chunks.TryDequeue(out var chunk))
        {
            ct.ThrowIfCancellationRequested();
            ends.Moving.Meter.Begin(chunk);
            var keys = await SlotKeys.CountAsync(chunk, ends, ct);
            var start = ends.Time.GetTimestamp();
            var failure = await AtomicMigration.RunAsync(chunk, ends, ct);
            var left = await ends.LeftAsync(chunk, ct);
            ends.Moving.Meter.End(chunk.Except(left));
            if (left.IsEmpty)
            {
                attempts = 0;
                ends.Moving.Meter.Carried(keys, 0);
                if (chunks.Count > 0)
                {
                    await RestAsync(ends.Time.GetElapsedTime(start), ct);
                }
                continue;
            }
            ends.Moving.Meter.Want(left);
            var kind = MigrationFailures.Of(failure);
            if (kind == MigrationFailure.OutOfMemory)
            {
                throw new OperationFailedException(
                    $"no memory left for slots {left} ({failure})",
                    member: ends.Step.Member,
                    command: "CLUSTER MIGRATESLOTS",
                    next: "raise maxmemory, or move fewer slots there; what has been moved stays"
                );
            }
            if (kind is MigrationFailure.Cancelled)
            {
                throw new OperationFailedException(
                    $"somebody has ended the migration of slots {left}",
                    member: ends.Step.FromMember,
                    command: "CLUSTER MIGRATESLOTS",
                    next: "run the same command again: it goes on from here"
                );
            }
            if (kind != MigrationFailure.Passing && left.Count > 1)
            {
                var parts = SlotChunks.Of(left, (left.Count + 1) / 2);
                chunks = new Queue<SlotSet>([.. parts, .. chunks]);
                ends.Context.Told(
                    $"{ends.Step.FromMember}: a migration of {left.Count} slots failed ({failure}); {parts[0].Count} at a time now"
                );
            }
            else if (++attempts == MostAttempts || kind != MigrationFailure.Passing)
            {
                return new SlotsLeft(SlotSet.Union([left, .. chunks]), failure);
            }
            else
            {
                chunks = new Queue<SlotSet>([left, .. chunks]);
            }
            await Task.Delay(FirstPause * Math.Pow(2, attempts), ends.Time, ct);
        }
        return SlotsLeft.None;
    }

    private Task RestAsync(TimeSpan took, CancellationToken ct)
    {
        var rest = took * ends.Moving.Pace.Rest;
        return rest > TimeSpan.Zero ? Task.Delay(rest, ends.Time, ct) : Task.CompletedTask;
    }

    private async Task<int> SlotsAtOnceAsync(CancellationToken ct)
    {
        if (ends.Moving.Pace.BytesAtOnce == long.MaxValue)
        {
            return HashSlot.Count;
        }
        var memory = (await ends.AskSourceAsync(static (node, inner) => node.ServerInfoAsync(inner), ct)).UsedMemory;
        var owned = ends.Context.Topology.Find(ends.Step.From)!.Slots.Count;
        return (int)
            Math.Clamp(ends.Moving.Pace.BytesAtOnce / Math.Max(1, memory / Math.Max(1, owned)), 1, HashSlot.Count);
    }
}
