namespace Slotwright.Bench.Upgrade;

/// <summary>What is done to a cluster while it is under load.</summary>
/// <param name="From">The version that it is formed with.</param>
/// <param name="To">The version that it is brought to; null for a restart.</param>
/// <param name="DataPerShard">Bytes.</param>
/// <param name="WritesPerSecond">0 for no load.</param>
internal sealed record UpgradeCase(
    string Title,
    string From,
    string? To,
    int Members,
    long DataPerShard,
    int WritesPerSecond,
    UpgradeWay Way
)
{
    /// <summary>
    /// How long a member loads its data when it starts, without using a processor: members of one machine share its
    /// processors, those of a cluster don't.
    /// </summary>
    public TimeSpan LoadTime { get; init; }
}
