namespace Slotwright.Core.Drills;

/// <summary>What was counted in one bucket of a timeline.</summary>
internal struct TimelineBucket
{
    public int Succeeded;
    public int Failed;
}
