namespace Slotwright.Bench.Upgrade;

/// <param name="Took">Of the operation alone.</param>
/// <param name="Acknowledged">Writes.</param>
/// <param name="FullSyncs">That members made while the operation ran.</param>
/// <param name="Copied">Bytes that primaries sent to replicas in full copies.</param>
internal sealed record UpgradeResult(
    UpgradeCase Case,
    TimeSpan Took,
    long Acknowledged,
    long Failed,
    long Lost,
    TimeSpan LongestGap,
    long FullSyncs,
    long Copied
);
