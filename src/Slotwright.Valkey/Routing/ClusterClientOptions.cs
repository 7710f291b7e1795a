using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Valkey.Connections;

namespace Slotwright.Valkey.Routing;

/// <summary>How a cluster client finds its nodes and how long it tries.</summary>
/// <param name="Seeds">Asked for the slot map first; at least one.</param>
/// <param name="Connect">Bytes to the node that its peers know by an address: TCP, TLS or port-forward.</param>
/// <param name="Random">Used by this client alone.</param>
public sealed record ClusterClientOptions(
    ImmutableArray<NodeAddress> Seeds,
    Func<NodeAddress, CancellationToken, ValueTask<Stream>> Connect,
    Credentials? Credentials,
    TimeProvider Time,
    Random Random
)
{
    /// <summary>How long an operation may take with all that it is tried again, where it does not say so itself.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Operations that may be unanswered on one connection; more wait within their budget.</summary>
    public int Depth { get; init; } = 16;

    /// <summary>How long a connection may take to open, with its authentication.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a node may take to tell its slot map; then another is asked.</summary>
    public TimeSpan MapTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The first pause before an operation is tried again where it was; it doubles up to ten times that, and ends as soon
    /// as its slot is known to have another owner.
    /// </summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The slot map is not asked for more often than this.</summary>
    public TimeSpan MapInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Where nodes are now, asked when none of those known answers: as an application resolves the cluster's name
    /// again. Null for the seeds alone.
    /// </summary>
    public Func<CancellationToken, ValueTask<ImmutableArray<NodeAddress>>>? Find { get; init; }

    /// <summary>
    /// Told of replies that came too late; null where they are of no interest. Called on any thread.
    /// </summary>
    public Action<LateReply>? Late { get; init; }
}
