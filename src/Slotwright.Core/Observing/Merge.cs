using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Fencing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Observing;

/// <summary>
/// Makes one topology of what many nodes say. A node's own word counts most for its role, link and data; for a slot
/// the claim with the highest configuration epoch counts, as it does between the nodes themselves.
/// </summary>
public static class Merge
{
    public static Observation Of(ImmutableArray<Member> members, ImmutableArray<NodeView> views)
    {
        var reports = views.Select(v => v.Report).OfType<NodeReport>().DistinctBy(r => r.Id).ToImmutableArray();
        var homes = Homes.Of(members, views);
        var island = Island.Main(reports, homes);
        var owners = SlotClaims.Settle(reports);
        var own = reports.ToDictionary(r => r.Id);
        var rows = reports.SelectMany(r => r.Known.Where(p => p.Id != r.Id)).ToLookup(p => p.Id);
        var ids = rows.Select(g => g.Key).Union(own.Keys).Order();
        var topology = new Topology(
            members.ToImmutableSortedDictionary(m => m.Name, m => m, StringComparer.Ordinal),
            [.. ids.Select(id => NodeOf(id, own.GetValueOrDefault(id), [.. rows[id]], homes, island, owners))]
        );
        return new Observation(topology, views, Disagreements.Find(topology, views, homes, island));
    }

    private static Node NodeOf(
        NodeId id,
        NodeReport? own,
        ImmutableArray<PeerRow> rows,
        Homes homes,
        Island island,
        ImmutableDictionary<NodeId, SlotSet> owners
    )
    {
        var row = own?.Self ?? rows.MaxBy(p => p.ConfigEpoch)!;
        var believed = rows.GroupBy(p => p.Address).OrderByDescending(g => g.Count()).Select(g => g.Key);
        return new Node(
            id,
            Address: believed.OfType<NodeAddress>().FirstOrDefault(homes.AddressOf(id) ?? row.Address ?? default),
            Hostname: row.Hostname,
            Member: homes.MemberOf(id),
            Primary: row.Primary,
            Slots: owners.GetValueOrDefault(id, SlotSet.Empty),
            Link: LinkOf(own, row),
            Offset: own?.Server.Offset ?? 0,
            Keys: own?.Server.Keys ?? 0,
            Epoch: row.ConfigEpoch,
            Reachable: own is not null,
            Failed: rows.Count(p => p.Flags.HasFlag(PeerFlags.Fail)) > rows.Length / 2,
            Joined: island.IsJoined(id),
            Alone: own?.Known.Count() == 1,
            SeesForeign: own?.Known.Any(p => homes.IsForeign(p.Id)) ?? false
        )
        {
            Apart = !island.Has(id),
            Suspected =
                rows.Length > 0 && rows.All(p => (p.Flags & (PeerFlags.Fail | PeerFlags.Possible)) != PeerFlags.None),
            IsHeldBack = own is not null && VoterConfig.IsOf(own.Server),
            Open = SlotSet.OfSlots(own?.Self.OpenSlots.Select(s => s.Slot) ?? []),
            Stream = own?.Server.Fields.GetValueOrDefault("master_replid") ?? "",
        };
    }

    private static LinkState LinkOf(NodeReport? own, PeerRow row) =>
        row.Primary is null ? LinkState.None
        : own is null ? LinkState.Down
        : own.Server.PrimaryLinkUp ? LinkState.InSync
        : own.Server.SyncInProgress ? LinkState.Syncing
        : LinkState.Down;
}
