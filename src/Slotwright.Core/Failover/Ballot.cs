using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Failover;

/// <summary>
/// Whose votes a replica would get. A primary that takes it for no replica of the one to relieve refuses; one that keeps
/// no link of its own to it casts a vote that is lost and not cast again, so that a hand-over right after the replica's
/// start fails (Valkey's <c>clusterSendFailoverAuth</c>).
/// </summary>
public static class Ballot
{
    /// <param name="voter">A primary's CLUSTER NODES.</param>
    public static bool Counts(ImmutableArray<PeerRow> voter, NodeId replica, NodeId primary) =>
        voter.Any(r => r.Id == replica && r.Primary == primary && r.Linked);

    /// <param name="voters">CLUSTER NODES of all primaries that own slots, or of a sample; empty of one that did not answer.</param>
    public static bool IsWon(IReadOnlyCollection<ImmutableArray<PeerRow>> voters, NodeId replica, NodeId primary) =>
        voters.Count(v => Counts(v, replica, primary)) > voters.Count / 2;
}
