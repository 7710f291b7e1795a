using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Healing;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Fencing;

/// <summary>The shard of a member that is to start and owns slots, or owned them under the id that its volume had.</summary>
/// <param name="Id">The node that owns the slots.</param>
/// <param name="TakenOverBy">Who owns them now by its own word; null for nobody.</param>
public sealed record FencedShard(NodeId Id, ImmutableArray<FencedReplica> Replicas, string? TakenOverBy)
{
    /// <param name="hostname">Of the member.</param>
    /// <param name="file">What its server remembers; null where nothing is left.</param>
    /// <param name="seen">
    /// What its peers say, and the member itself where its server runs held back: then its own view decides, since that
    /// is what it starts with.
    /// </param>
    /// <returns>Null where the member owns no slots.</returns>
    public static FencedShard? Find(string hostname, NodesFile? file, Observation seen)
    {
        seen = Kin.Of(seen, hostname, file);
        if (file?.Self is not { } self)
        {
            return Lost(hostname, seen) is { } lost ? Of(lost.Id, lost.Slots, null, seen) : null;
        }
        var slots =
            seen.ReportOf(self.Id)?.Self.Slots
            ?? SlotSet.Union([self.Slots, seen.Topology.Find(self.Id)?.Slots ?? SlotSet.Empty]);
        return slots.IsEmpty ? null : Of(self.Id, slots, file, seen);
    }

    /// <summary>The node that the member had before it lost its volume.</summary>
    private static Node? Lost(string hostname, Observation seen) =>
        seen.Topology.Nodes.FirstOrDefault(n => !n.Slots.IsEmpty && !n.Reachable && Is(n.Hostname, hostname));

    private static FencedShard Of(NodeId id, SlotSet slots, NodesFile? file, Observation seen)
    {
        var rows = seen
            .Views.Select(v => v.Report)
            .OfType<NodeReport>()
            .Where(r => r.Id != id && r.Known.Skip(1).Any())
            .SelectMany(r => r.Known)
            .ToLookup(p => p.Id);
        // what all others have forgotten, or follows another, is none of its replicas any more
        IEnumerable<(NodeId Id, string Hostname, string Address)> replicas =
            rows.Count > 0
                ? rows.Where(g => seen.Topology.Find(g.Key)?.Primary == id)
                    .Select(g => (g.Key, g.First().Hostname, $"{g.First().Address?.Host}"))
                : file?.Nodes.Where(n => n.Primary == id).Select(n => (n.Id, n.Hostname, n.Ip)) ?? [];
        var other = seen.Topology.Nodes.FirstOrDefault(n => n.Id != id && n.Slots.Overlaps(slots));
        return new FencedShard(
            id,
            [.. replicas.OrderBy(r => r.Id).Select(r => Replica(r.Id, r.Hostname, r.Address, seen))],
            other is null ? null : Name(other.Hostname, $"{other.Address}")
        );
    }

    private static FencedReplica Replica(NodeId id, string hostname, string address, Observation seen)
    {
        var name = Name(hostname, address);
        if (seen.ReportOf(id)?.Server is not { } server)
        {
            if (seen.Views.Any(v => v.IsLoading && v.Asked.Host == address))
            {
                return new FencedReplica(id, name, ReplicaState.Loading);
            }
            var isReplaced = seen.Views.Any(v => v.Report is { } other && Is(other.Self.Hostname, hostname));
            return new FencedReplica(id, name, isReplaced ? ReplicaState.Replaced : ReplicaState.Silent);
        }
        // one that tries to copy from a primary that is held back says so too, and keeps what it has
        return new FencedReplica(id, name, server.Loading ? ReplicaState.Loading : ReplicaState.Answered)
        {
            ReplicationId = server.Fields.GetValueOrDefault("master_replid", ""),
            FormerReplicationId = Said(server.Fields.GetValueOrDefault("master_replid2", "")),
            Offset = server.Offset,
            Keys = server.Keys,
        };
    }

    /// <summary>Zeros alone stand for none.</summary>
    private static string Said(string stream) => stream.Trim('0').Length == 0 ? "" : stream;

    private static bool Is(string one, string other) =>
        one.Length > 0 && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string Name(string hostname, string address) =>
        hostname.Length > 0 ? hostname.Split('.')[0] : address;
}
