using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Observing;

/// <summary>Which member holds which node: by its own answer, else by the hostname or address that others know.</summary>
internal sealed class Homes
{
    private readonly Dictionary<NodeId, Member> _members = [];
    private readonly HashSet<NodeId> _former = [];
    private readonly HashSet<NodeId> _foreign = [];
    private readonly HashSet<string> _answered;

    private Homes(IEnumerable<string> answered) => _answered = answered.ToHashSet(StringComparer.Ordinal);

    public static Homes Of(ImmutableArray<Member> members, ImmutableArray<NodeView> views)
    {
        var byName = members.ToDictionary(m => m.Name, StringComparer.Ordinal);
        var homes = new Homes(views.Where(v => v is { Report: not null, Member: not null }).Select(v => v.Member!));
        foreach (var view in views)
        {
            if (view is { Report: { } report, Member: { } name } && byName.TryGetValue(name, out var member))
            {
                homes._members[report.Id] = member;
            }
        }
        var rows = views
            .Select(v => v.Report)
            .OfType<NodeReport>()
            .SelectMany(r => r.Known)
            .Where(r => !homes._members.ContainsKey(r.Id))
            .OrderByDescending(r => r.ConfigEpoch)
            .ToArray();
        var alive = rows.Where(IsAlive).Select(r => r.Id).ToHashSet();
        foreach (var row in rows)
        {
            homes.Place(row, members, alive.Contains(row.Id));
        }
        homes._foreign.ExceptWith(homes._members.Keys);
        homes._foreign.ExceptWith(homes._former);
        return homes;
    }

    public string? MemberOf(NodeId id) => _members.GetValueOrDefault(id)?.Name;

    /// <summary>Beyond all members' where it is in none of them.</summary>
    public int OrdinalOf(NodeId id) => _members.GetValueOrDefault(id)?.Ordinal ?? int.MaxValue;

    public NodeAddress? AddressOf(NodeId id) => _members.GetValueOrDefault(id)?.Address;

    /// <summary>A node that a member held before it came back with another id, or that has no address any more.</summary>
    public bool IsFormer(NodeId id) => _former.Contains(id);

    /// <summary>A node that has nothing to do with any member.</summary>
    public bool IsForeign(NodeId id) => _foreign.Contains(id);

    private static bool IsAlive(PeerRow row) =>
        row.Linked && (row.Flags & (PeerFlags.Fail | PeerFlags.Possible | PeerFlags.NoAddress)) == PeerFlags.None;

    /// <summary>
    /// Where the member answered under another id and this one is alive as well, it is no former node of the member,
    /// but somebody who goes by the same name. One that nobody has an address for any more is former as well.
    /// </summary>
    private void Place(PeerRow row, ImmutableArray<Member> members, bool isAlive)
    {
        var namesakes = members.Where(m => m.Hostname.Length > 0 && m.Hostname == row.Hostname).ToArray();
        var member = namesakes.Length == 1 ? namesakes[0] : members.FirstOrDefault(m => m.Address == row.Address);
        if (member is null ? row.Address is not null : isAlive && _answered.Contains(member.Name))
        {
            _foreign.Add(row.Id);
        }
        else if (member is null || _answered.Contains(member.Name))
        {
            _former.Add(row.Id);
        }
        else
        {
            _members[row.Id] = member;
        }
    }
}
