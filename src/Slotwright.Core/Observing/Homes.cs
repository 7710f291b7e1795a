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
        var rows = views.Select(v => v.Report).OfType<NodeReport>().SelectMany(r => r.Known);
        foreach (var row in rows.Where(r => !homes._members.ContainsKey(r.Id)).OrderByDescending(r => r.ConfigEpoch))
        {
            homes.Place(row, members);
        }
        homes._foreign.ExceptWith(homes._members.Keys);
        homes._foreign.ExceptWith(homes._former);
        return homes;
    }

    public string? MemberOf(NodeId id) => _members.GetValueOrDefault(id)?.Name;

    public NodeAddress? AddressOf(NodeId id) => _members.GetValueOrDefault(id)?.Address;

    /// <summary>A node that a member held before it came back with another id.</summary>
    public bool IsFormer(NodeId id) => _former.Contains(id);

    /// <summary>A node that has nothing to do with any member.</summary>
    public bool IsForeign(NodeId id) => _foreign.Contains(id);

    private void Place(PeerRow row, ImmutableArray<Member> members)
    {
        var member =
            (row.Hostname.Length > 0 ? members.FirstOrDefault(m => m.Hostname == row.Hostname) : null)
            ?? members.FirstOrDefault(m => m.Address == row.Address);
        if (member is null)
        {
            _foreign.Add(row.Id);
        }
        else if (_answered.Contains(member.Name))
        {
            _former.Add(row.Id);
        }
        else
        {
            _members[row.Id] = member;
        }
    }
}
