namespace Slotwright.Core.Planning.Repair;

/// <summary>Of one slot: a step that mends it, or a trouble. Exactly one of both is set.</summary>
internal sealed record SlotVerdict(int Slot, RepairStage Stage, Step? Step, SlotTrouble? Trouble)
{
    public static SlotVerdict Mend(int slot, RepairStage stage, Step step) => new(slot, stage, step, null);

    public static SlotVerdict Tell(int slot, SlotTrouble trouble) => new(slot, default, null, trouble);
}
