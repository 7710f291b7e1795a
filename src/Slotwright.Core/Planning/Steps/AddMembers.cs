using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>
/// The host gets more members; their servers know nobody yet. Node ids are chosen by the servers: until then a node is
/// named by its ordinal, and what follows is planned anew once they are known.
/// </summary>
/// <param name="Added">Members that do not run yet.</param>
/// <param name="Shape">What the host is to have from then on.</param>
public sealed record AddMembers(ImmutableArray<Member> Added, ClusterShape Shape) : Step
{
    /// <summary>What becomes of volumes that former members of these names left; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VolumeDiscard? Discard { get; init; }

    [JsonIgnore]
    public override bool BringsNodes => true;

    /// <summary>What stands for the id of a node that has none yet: zeros and the ordinal.</summary>
    public static NodeId IdOf(Member member) => NodeId.Parse($"{member.Ordinal:x40}");

    public override string Describe() =>
        Added.Length == 1
            ? $"{Added[0].Name} starts{Emptied}"
            : $"{string.Join(", ", Added.Select(m => m.Name))} start{Emptied}";

    public override Topology ApplyTo(Topology before)
    {
        var missing = Added.Where(m => before.NodeOf(m.Name) is null).ToArray();
        return new Topology(
            before.Members.SetItems(
                missing.Select(m => KeyValuePair.Create(m.Name, m with { Phase = MemberPhase.Running }))
            ),
            [.. before.Nodes.Concat(missing.Select(NodeOf)).OrderBy(n => n.Id)]
        );
    }

    public override bool IsDone(Topology now) => Added.All(m => now.NodeOf(m.Name) is { Reachable: true });

    private string Emptied => Discard is null ? "" : ", without what former members left";

    private static Node NodeOf(Member member) =>
        new(
            IdOf(member),
            member.Address,
            member.Hostname,
            member.Name,
            Primary: null,
            Slots.SlotSet.Empty,
            LinkState.None,
            Offset: 0,
            Keys: 0,
            Epoch: 0,
            Reachable: true,
            Failed: false,
            Joined: false,
            Alone: true,
            SeesForeign: false
        )
        {
            Apart = true,
        };
}
