namespace Slotwright.Core.Failover;

/// <summary>What an agent knows when it judges whether its own server may take writes.</summary>
/// <param name="IsPrimary">Its server is a primary that owns slots, by its own word.</param>
/// <param name="Primaries">Primaries with slots in all, its own among them.</param>
/// <param name="Reached">Those that it reaches now, itself among them.</param>
/// <param name="SinceMajority">Since it has reached a majority of them the last time.</param>
/// <param name="Owning">Those reached that say it still owns its slots, itself among them; only asked for while it is fenced.</param>
/// <param name="IsFenced">It takes no writes, because its agent said so.</param>
/// <param name="SinceRenewed">Since that was said the last time.</param>
public readonly record struct OwnFenceEvidence(
    bool IsPrimary,
    int Primaries,
    int Reached,
    TimeSpan SinceMajority,
    int Owning,
    bool IsFenced,
    TimeSpan SinceRenewed
)
{
    public bool HasMajority => Reached * 2 > Primaries;
}
