using System.Collections.Immutable;

namespace Slotwright.Core.Fencing;

/// <summary>
/// Who has more. Within one replication stream the offset tells. Streams follow each other: each start of a primary
/// and each promotion begins a new one, and a member remembers those that it had. A stream begins at the offset that the
/// one before it had come to: so where nobody remembers, the offset still tells.
/// </summary>
internal static class DataOrder
{
    /// <returns>Null where nobody has more than the member itself.</returns>
    public static FencedReplica? Best(
        ImmutableArray<FencedReplica> replicas,
        OwnData own,
        ImmutableArray<string> streams
    ) =>
        replicas
            .Where(r => r.State == ReplicaState.Answered && HasMore(r, own, streams))
            .OrderByDescending(r => AgeOf(r.ReplicationId, streams))
            .ThenByDescending(r => r.Offset)
            .ThenByDescending(r => r.Keys)
            .ThenBy(r => r.Id)
            .FirstOrDefault();

    private static bool HasMore(FencedReplica replica, OwnData own, ImmutableArray<string> streams)
    {
        if (own.Kind == OwnDataKind.Empty)
        {
            return replica.Keys > 0; // one that never finished a sync has none
        }
        if (own.ReplicationId.Length > 0 && replica.ReplicationId == own.ReplicationId)
        {
            return replica.Offset > own.Offset;
        }
        if (own.ReplicationId.Length > 0 && replica.FormerReplicationId == own.ReplicationId)
        {
            return true;
        }
        if (replica.Offset == 0 && streams.IndexOf(replica.ReplicationId) < 0)
        {
            // it has read append-only files
            if (own.IsResuming)
            {
                return replica.Keys > 0;
            }
            if (own.IsSwitched)
            {
                return replica.Keys > (own.Keys ?? long.MaxValue); // made of a snapshot too
            }
        }
        var (its, mine) = (AgeOf(replica.ReplicationId, streams), AgeOf(own.ReplicationId, streams));
        return replica.Keys > 0 && (its > mine || (its == mine && replica.Offset > own.Offset));
    }

    /// <summary>
    /// Greater is later. A stream that the member never had before its last start began in its last run: it was
    /// killed before it could note it.
    /// </summary>
    private static int AgeOf(string stream, ImmutableArray<string> streams) =>
        stream.Length == 0 ? -1
        : streams.IndexOf(stream) is >= 0 and var at ? at
        : streams.Length;
}
