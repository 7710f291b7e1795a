using System.Text.Json.Serialization;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Makes a node that was asked who it is known to a node of the cluster, whose gossip does the rest.</summary>
/// <param name="Node">The id that answered at the member's address.</param>
/// <param name="Via">The member that meets it.</param>
public sealed record Meet(string Member, NodeId Node, string Via, NodeId ViaNode) : Step
{
    /// <summary>
    /// The one has forgotten the other, which may have been a moment ago: then it is told again until that lasts, and what
    /// both know of the cluster afterwards is looked at anew.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Again { get; init; }

    [JsonIgnore]
    public override bool BringsNodes => Again;

    public override string Describe() => Again ? $"{Via} gets to know {Member} again" : $"{Member} joins";

    public override Topology ApplyTo(Topology before) => Known(Known(before, Node), ViaNode);

    public override bool IsDone(Topology now) => now.Find(Node) is { Joined: true, Alone: false };

    private static Topology Known(Topology topology, NodeId id) =>
        topology.Find(id) is { } node
            ? topology.With(node with { Joined = true, Alone = false, Apart = false })
            : topology;
}
