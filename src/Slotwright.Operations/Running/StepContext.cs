using Slotwright.Core.Cluster;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Running;

/// <summary>What a step is applied with.</summary>
/// <param name="Topology">The cluster as it was observed when the plan was made.</param>
public sealed record StepContext(ClusterSession Session, Topology Topology)
{
    /// <summary>How long one step may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    public Task<ValkeyConnection> ConnectAsync(string member, CancellationToken ct) =>
        Session.ConnectAsync(Topology.Members[member], ct);
}
