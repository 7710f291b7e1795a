using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Makes an empty node the replica of a primary.</summary>
public sealed record Replicate(string Member, NodeId Node, string PrimaryMember, NodeId Primary) : Step
{
    /// <summary>It is a replica, and its copy of another shard's data is not needed any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool GivesUpCopy { get; init; }

    public override string Describe() => $"{Member} replicates {PrimaryMember}";

    public override Topology During(Topology before) =>
        before.Find(Node) is { } node ? before.With(Replica(before, node) with { Link = LinkState.Syncing }) : before;

    public override Topology ApplyTo(Topology before) =>
        before.Find(Node) is { } node ? before.With(Replica(before, node)) : before;

    public override ImmutableArray<NodeId> Erases(Topology before) =>
        before.Find(Node) is { } node && node.Primary != Primary ? [Node] : [];

    public override bool IsDone(Topology now) =>
        now.Find(Node) is { Link: LinkState.InSync } node && node.Primary == Primary;

    private Node Replica(Topology before, Node node) =>
        node with
        {
            Primary = Primary,
            Link = LinkState.InSync,
            Slots = Slots.SlotSet.Empty,
            Keys = before.Find(Primary)?.Keys ?? node.Keys,
        };
}
