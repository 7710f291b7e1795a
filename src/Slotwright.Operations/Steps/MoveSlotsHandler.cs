using Slotwright.Core.Configuration;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Operations.Running;
using Slotwright.Operations.SlotMovers;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Steps;

/// <summary>Moves what the taker does not own yet, by the mover that both servers have and somebody wants.</summary>
internal static class MoveSlotsHandler
{
    public static async Task RunAsync(MoveSlots step, StepContext context, CancellationToken ct)
    {
        await Identity.EnsureAsync(step.FromMember, step.From, context, ct);
        await Identity.EnsureAsync(step.Member, step.Node, context, ct);
        var ends = new MoveEnds(step, context);
        context.Slots.Meter.Want(step.Slots);
        await AtomicMigration.UntilNoneAsync(step.Slots, ends, ct);
        await ends.UntilReadyAsync(ct);
        var slots = await ends.LeftAsync(step.Slots, ct);
        context.Slots.Meter.End(step.Slots.Except(slots));
        if (!slots.IsEmpty)
        {
            await SlotFunctions.CopyAsync(ends, ct);
            await MoveAsync(slots, ends, ct);
        }
        await OwnershipSettling.UntilAgreedAsync(context.Answering, step.Member, step.Node, step.Slots, context, ct);
        await IdleClosing.RunAsync(ends, ct);
    }

    private static async Task MoveAsync(SlotSet slots, MoveEnds ends, CancellationToken ct)
    {
        var isAtomic =
            !ends.Step.GoesOn && ends.Moving.Mover != MoverChoice.Stepwise && await BothHaveAtomicAsync(ends, ct);
        if (ends.Moving.Mover == MoverChoice.Atomic && !isAtomic && !ends.Step.GoesOn)
        {
            throw new OperationFailedException(
                "the servers have no atomic slot migration, which is there from 9.0 on",
                member: ends.Step.FromMember,
                next: "leave --mover away"
            );
        }
        if (isAtomic)
        {
            var left = await new AtomicMover(ends).MoveAsync(slots, ct);
            if (left.Slots.IsEmpty)
            {
                return;
            }
            if (ends.Moving.Mover == MoverChoice.Atomic)
            {
                throw new OperationFailedException(
                    $"slots {left.Slots} could not be moved atomically: {left.Why}",
                    member: ends.Step.FromMember,
                    command: "CLUSTER MIGRATESLOTS",
                    next: "leave --mover away: the stepwise mover takes them"
                );
            }
            ends.Context.Told(
                $"{ends.Step.FromMember}: slots {left.Slots} could not be moved atomically ({left.Why}); they go stepwise"
            );
            slots = left.Slots;
        }
        await new StepwiseMover(ends).MoveAsync(slots, ct);
    }

    private static async Task<bool> BothHaveAtomicAsync(MoveEnds ends, CancellationToken ct)
    {
        var source = await ends.AskSourceAsync(static (node, inner) => node.ServerInfoAsync(inner), ct);
        var target = await ends.AskTargetAsync(static (node, inner) => node.ServerInfoAsync(inner), ct);
        return ServerFeatures.HasSlotMigrations(source.Version) && ServerFeatures.HasSlotMigrations(target.Version);
    }
}
