using System.Collections.Immutable;

namespace Slotwright.Core.Pods;

/// <summary>
/// Which replica a primary hands over to: one whose own files are whole, then one that would be elected, then one that keeps the zones' shares of primaries where there is one, then the
/// one that has applied most.
/// </summary>
public static class HandOverChoice
{
    /// <summary>
    /// Bytes. A replica that is further behind another would make clients wait while it catches up.
    /// </summary>
    private const long FarBehind = 64L << 20;

    /// <param name="candidates">Replicas of the primary, also those that are not in sync.</param>
    /// <param name="otherPrimaries">The zone of each other primary that owns slots; empty where it is not known.</param>
    /// <param name="zones">How many zones the cluster has; 0 where that is not known.</param>
    /// <returns>Null where none is in sync.</returns>
    public static HandOverCandidate? Best(
        ImmutableArray<HandOverCandidate> candidates,
        ImmutableArray<string> otherPrimaries,
        int zones
    )
    {
        var inSync = candidates.Where(c => c.LinkUp).ToArray();
        if (inSync.Length == 0)
        {
            return null;
        }
        var foremost = inSync.Max(c => c.Offset);
        return inSync
            .OrderBy(c => c.IsResuming)
            .ThenBy(c => c.IsUnheard)
            .ThenBy(c => foremost - c.Offset > FarBehind)
            .ThenByDescending(c => KeepsLayout(c, otherPrimaries, zones))
            .ThenByDescending(c => c.Offset)
            .ThenBy(c => c.Id)
            .First();
    }

    /// <summary>No zone then holds more than its share of the primaries, rounded up.</summary>
    public static bool KeepsLayout(HandOverCandidate candidate, ImmutableArray<string> otherPrimaries, int zones)
    {
        var primaries = otherPrimaries.Length + 1;
        return zones < 2
            || candidate.Zone.Length == 0
            || otherPrimaries.Count(z => z == candidate.Zone) + 1 <= (primaries + zones - 1) / zones;
    }
}
