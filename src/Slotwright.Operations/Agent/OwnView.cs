using System.Collections.Immutable;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Agent;

/// <summary>What an agent's own server said in one look.</summary>
public sealed record OwnView(ImmutableArray<PeerRow> Nodes, ClusterInfo Cluster, ServerInfo Server);
