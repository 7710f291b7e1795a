using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Agent;

/// <summary>
/// The cluster as the members that answered see it. Only those count that know an owner for every slot; there has to be
/// a majority of the primaries among them.
/// </summary>
internal sealed class FormedSight
{
    private readonly ImmutableArray<MemberSight> _members;
    private readonly ImmutableArray<MemberSight> _voters;
    private readonly int _primaries;
    private readonly ILookup<NodeId, PeerRow> _rows;

    private FormedSight(ImmutableArray<MemberSight> members)
    {
        _members = members;
        _rows = members.SelectMany(m => m.Nodes).ToLookup(n => n.Id);
        _voters = [.. members.Where(m => !m.Self.Slots.IsEmpty)];
        _primaries = _rows.Count(g => g.Any(n => !n.Slots.IsEmpty));
    }

    public bool HasMajority => _voters.Length > _primaries / 2;

    public string Votes => $"{_voters.Length} of {_primaries} primaries";

    /// <summary>Primaries that own slots, in the order of their addresses.</summary>
    public ImmutableArray<MemberSight> Voters => _voters;

    public static FormedSight Of(ImmutableArray<MemberSight> answered, NodeId self) =>
        new([
            .. answered
                .Where(m => m.Id != self && SlotSet.Union(m.Nodes.Select(n => n.Slots)).Count == HashSlot.Count)
                .DistinctBy(m => m.Id)
                .OrderBy(m => m.Address.ToString(), StringComparer.Ordinal),
        ]);

    /// <summary>Every id that goes by a name, but for one.</summary>
    public ImmutableArray<NodeId> IdsOf(string hostname, NodeId but) =>
        [.. _rows.Where(g => g.Key != but && g.Any(n => n.IsNamesakeOf(hostname))).Select(g => g.Key).Order()];

    /// <summary>Somebody has it as the owner of slots.</summary>
    public bool OwnsSlots(NodeId id) => _rows[id].Any(n => !n.Slots.IsEmpty);

    /// <summary>A majority of the primaries is done with it.</summary>
    public bool IsGone(NodeId id) =>
        _voters.Count(v => v.Nodes.FirstOrDefault(n => n.Id == id) is not { } row || row.IsGone()) > _primaries / 2;

    /// <summary>It answered, or no majority is done with it.</summary>
    public bool IsThere(NodeId id) => _members.Any(m => m.Id == id) || !IsGone(id);

    public string Zone(NodeId id) => _members.FirstOrDefault(m => m.Id == id)?.Zone ?? "";

    /// <summary>All ids that anybody knows, as each speaks of itself, else as the one with the highest epoch has it.</summary>
    public ImmutableArray<PeerRow> Nodes() =>
        [
            .. _rows
                .Select(g => g.FirstOrDefault(n => n.Flags.HasFlag(PeerFlags.Myself)) ?? g.MaxBy(n => n.ConfigEpoch)!)
                .Where(n => !n.IsMeeting)
                .OrderBy(n => n.Id),
        ];
}
