using Slotwright.Core.Cluster;

namespace Slotwright.Core.Fencing;

/// <summary>
/// Shards that lost their primaries together elect one after another: requests of the same moment split the votes, and
/// Valkey 8.0 votes about the same primary again only after twice the node timeout.
/// </summary>
public static class ElectionTurn
{
    /// <summary>An election takes a few round trips on the bus.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(200);

    /// <summary>Nobody waits for more turns: of very many some come together.</summary>
    private const int Most = 8;

    /// <returns>How long a shard leaves the others before it their turn.</returns>
    public static TimeSpan Of(NodeId primary, Topology topology) =>
        Length
        * (
            topology
                .Shards()
                .Select(s => s.Primary)
                .Where(p => !p.Reachable || p.IsHeldBack)
                .TakeWhile(p => p.Id != primary)
                .Count() % Most
        );
}
