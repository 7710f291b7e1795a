using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;

namespace Slotwright.Core.Observing;

/// <summary>All views of one moment, merged into one topology, with what the views do not agree on.</summary>
public sealed record Observation(
    Topology Topology,
    ImmutableArray<NodeView> Views,
    ImmutableArray<Finding> Disagreements
)
{
    public NodeView? ViewOf(string member) => Views.FirstOrDefault(v => v.Member == member);

    public NodeReport? ReportOf(NodeId id) => Views.Select(v => v.Report).FirstOrDefault(r => r?.Id == id);
}
