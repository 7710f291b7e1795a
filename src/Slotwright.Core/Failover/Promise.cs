using System.Collections.Immutable;

namespace Slotwright.Core.Failover;

/// <summary>
/// A promise is renewed while its agent reaches a majority of the primaries. Where a majority of them neither hear it nor
/// reach its server, it can't have reached one itself, and its server takes no writes.
/// </summary>
public static class Promise
{
    /// <summary>Between two renewals, and two looks at whether a server is reached.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// An agent that was silent for longer than this before its server was, was frozen or dead: it has promised nothing.
    /// </summary>
    private static readonly TimeSpan Live = TimeSpan.FromMilliseconds(700);

    /// <param name="primaries">Primaries with slots in all, the one that may be cut off among them.</param>
    /// <returns>Since when its server takes no writes, negative for not yet; null where nothing is promised, or too few say so.</returns>
    public static TimeSpan? HoldsSince(ImmutableArray<PromiseSight> sights, int primaries)
    {
        var silent = sights.Select(SilentFor).OfType<TimeSpan>().OrderDescending().ToArray();
        var majority = (primaries / 2) + 1;
        return silent.Length >= majority ? silent[majority - 1] - OwnFence.Patience : null;
    }

    private static TimeSpan? SilentFor(PromiseSight sight) =>
        sight is { SincePromise: { } promise, SinceReached: { } reached } && promise - reached <= Live
            ? (promise < reached ? promise : reached)
            : null;
}
