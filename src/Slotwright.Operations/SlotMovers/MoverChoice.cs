namespace Slotwright.Operations.SlotMovers;

/// <summary>Which mover somebody wants.</summary>
public enum MoverChoice
{
    /// <summary>The atomic one where both servers have it, the other where not, or where it fails.</summary>
    Auto,

    /// <summary>CLUSTER MIGRATESLOTS alone.</summary>
    Atomic,

    /// <summary>MIGRATE, batch after batch.</summary>
    Stepwise,
}
