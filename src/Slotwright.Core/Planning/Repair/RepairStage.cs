namespace Slotwright.Core.Planning.Repair;

/// <summary>In this order: first what is not served at all, then what others depend on.</summary>
internal enum RepairStage
{
    Assign,
    Close,
    Raise,
    Move,
    Gather,
    CloseOwner,
}
