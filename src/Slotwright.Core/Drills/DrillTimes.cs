namespace Slotwright.Core.Drills;

/// <summary>When a drill does what, since operations of its load begin.</summary>
/// <param name="Duration">How long operations become due; of a drill that rehearses an operation, at least that long.</param>
/// <param name="RestartAfter">
/// How long after the kill members are started again; null for when others have taken over, and HealBy at the latest.
/// </param>
public sealed record DrillTimes(TimeSpan Duration, TimeSpan? RestartAfter)
{
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromSeconds(5);

    /// <summary>So long the cluster is left alone: the control.</summary>
    public TimeSpan Before => Duration / 5 < LongestQuiet ? Duration / 5 : LongestQuiet;

    /// <summary>At the latest then what was hurt is brought back.</summary>
    public TimeSpan HealBy => Duration * 0.75;

    /// <summary>How long what was hurt stays so after others have taken over.</summary>
    public TimeSpan Hold => Duration / 20 < TimeSpan.FromSeconds(1) ? Duration / 20 : TimeSpan.FromSeconds(1);
}
