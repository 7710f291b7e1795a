using System.Collections.Immutable;
using Slotwright.Core.Failover;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>How it is found out how a primary is that is said to be gone.</summary>
internal interface IPrimaryCondition
{
    /// <summary>What it is said to be; it is asked for before anything is done.</summary>
    MemberCondition Said { get; }

    /// <param name="nodes">CLUSTER NODES of the replica.</param>
    Task<FailoverEvidence> AskAsync(FailoverEvidence evidence, ImmutableArray<PeerRow> nodes, CancellationToken ct);
}
