using Slotwright.Core.Cluster;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Agent;

/// <summary>An agent's connections come from where its member is: where that one is cut off, so is the agent.</summary>
internal static class AgentDialer
{
    /// <inheritdoc cref="TcpDialer.ConnectAsync(NodeAddress, System.Net.IPAddress?, TimeProvider, CancellationToken)"/>
    public static ValueTask<Stream> DialAsync(
        this IAgentPlace place,
        NodeAddress address,
        TimeProvider time,
        CancellationToken ct
    ) => TcpDialer.ConnectAsync(address, place.Source, time, ct);
}
