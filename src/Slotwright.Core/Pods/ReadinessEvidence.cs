using System.Collections.Immutable;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Pods;

/// <summary>What is known when a member's readiness is judged.</summary>
/// <param name="Hostname">What the member announces, its name for its peers.</param>
/// <param name="Own">What its server says.</param>
/// <param name="EverReady">This run of the server was ready before, as a member of a formed cluster.</param>
/// <param name="Nodes">Its own CLUSTER NODES; null where it has not been asked.</param>
/// <param name="Peers">CLUSTER NODES of each peer that answered; null where none has been asked.</param>
/// <param name="Refusing">Peers that were asked and refuse the password.</param>
public sealed record ReadinessEvidence(
    string Hostname,
    OwnServer Own,
    bool EverReady,
    ImmutableArray<PeerRow>? Nodes = null,
    ImmutableArray<ImmutableArray<PeerRow>>? Peers = null,
    int Refusing = 0
);
