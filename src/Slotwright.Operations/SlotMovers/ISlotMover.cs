using Slotwright.Core.Slots;

namespace Slotwright.Operations.SlotMovers;

/// <summary>Moves slots with their keys from one primary to another, while clients use them.</summary>
internal interface ISlotMover
{
    /// <param name="slots">Owned by the giver.</param>
    /// <returns>Those that it could not move, and why; the giver owns them, and nothing of them is left open.</returns>
    /// <exception cref="Slotwright.Core.Failures.OperationFailedException">Neither this nor another mover can go on.</exception>
    /// <exception cref="OperationCanceledException">Stopped: each slot has one owner, and nothing is left open.</exception>
    Task<SlotsLeft> MoveAsync(SlotSet slots, CancellationToken ct);
}
