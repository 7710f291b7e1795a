using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Ends a member's server and has it come back at the desired revision, in sync.</summary>
/// <param name="Revision">What is to run then: the member's desired revision once the operation has set it.</param>
public sealed record RestartMember(string Member, NodeId Node, string Revision) : Step
{
    /// <summary>Its files are thrown away: its new server can't read them, and it copies everything from its primary.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool StartsEmpty { get; init; }

    /// <summary>Somebody said that the slots that it owns may be away meanwhile.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AllowsDowntime { get; init; }

    public override string Describe() => $"{Member} restarts";

    public override ImmutableArray<NodeId> TakesDown() => [Node];

    public override ImmutableArray<NodeId> Erases(Topology before) => StartsEmpty ? [Node] : [];

    public override SlotSet SlotsAway(Topology before) =>
        AllowsDowntime && before.Find(Node) is { } node ? node.Slots : SlotSet.Empty;

    public override Topology During(Topology before) =>
        before.Find(Node) is { } node
            ? before.With(node with { Reachable = false, Link = node.IsPrimary ? LinkState.None : LinkState.Down })
            : before;

    public override Topology ApplyTo(Topology before)
    {
        if (before.Find(Node) is not { } node || !before.Members.TryGetValue(Member, out var member))
        {
            return before;
        }
        var back = node with { Reachable = true, Link = node.IsPrimary ? LinkState.None : LinkState.InSync };
        return before.With(back) with
        {
            Members = before.Members.SetItem(
                Member,
                member with
                {
                    Phase = MemberPhase.Running,
                    Revision = Revision,
                    DesiredRevision = Revision,
                }
            ),
        };
    }

    /// <summary>A member that came back without its data is another node, and at its revision all the same.</summary>
    public override bool IsDone(Topology now) =>
        now.Members.TryGetValue(Member, out var member)
        && member.Revision == Revision
        && now.NodeOf(Member) is { Reachable: true } node
        && (node.IsPrimary || node.Link == LinkState.InSync);
}
