namespace Slotwright.Operations.SlotMovers;

/// <summary>Where a slot is on its way.</summary>
public enum SlotPhase
{
    /// <summary>It does not move.</summary>
    Still,

    /// <summary>Its turn is to come.</summary>
    Wanted,

    Moving,

    Moved,
}
