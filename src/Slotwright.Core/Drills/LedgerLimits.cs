namespace Slotwright.Core.Drills;

/// <summary>What a run may show at most.</summary>
/// <param name="MaxFailed">Failed operations, reads among them; null for no limit.</param>
/// <param name="MaxGap">Longest time in which a shard acknowledges no write; null for no limit.</param>
/// <param name="MaxLost">Lost writes: those that WAIT had confirmed where it was used, else all acknowledged ones.</param>
public sealed record LedgerLimits(long? MaxFailed, TimeSpan? MaxGap, long MaxLost)
{
    public static readonly LedgerLimits Default = new(null, null, 0);
}
