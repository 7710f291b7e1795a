namespace Slotwright.Core.Drills;

/// <summary>What read-backs found out about acknowledged writes.</summary>
/// <param name="Lost">Acknowledged writes that are gone.</param>
/// <param name="LostConfirmed">Those of them that WAIT had confirmed.</param>
/// <param name="StaleReads">Reads that did not show a write acknowledged before they were sent, though a later read did.</param>
/// <param name="Doubles">Writes found where a newer acknowledged write should be, or in a second place: a copy that landed late or twice.</param>
/// <param name="Foreign">Values that this run never wrote.</param>
/// <param name="Unjudged">Acknowledged writes that no read could be had of at the end.</param>
public readonly record struct RingCounts(
    long Lost,
    long LostConfirmed,
    long StaleReads,
    long Doubles,
    long Foreign,
    long Unjudged
)
{
    public static RingCounts operator +(RingCounts a, RingCounts b) =>
        new(
            a.Lost + b.Lost,
            a.LostConfirmed + b.LostConfirmed,
            a.StaleReads + b.StaleReads,
            a.Doubles + b.Doubles,
            a.Foreign + b.Foreign,
            a.Unjudged + b.Unjudged
        );
}
