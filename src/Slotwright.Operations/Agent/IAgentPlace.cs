using System.Collections.Immutable;
using System.Net;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Operations.Agent.Failover;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.Agent;

/// <summary>Where an agent's member lives: a pod, or this machine. All of it is asked anew at each look.</summary>
public interface IAgentPlace
{
    /// <summary>What the member announces, its name for its peers.</summary>
    string Hostname { get; }

    /// <summary>Where its server is reached.</summary>
    NodeAddress Server { get; }

    /// <summary>The address that the agent's connections come from; null for whichever the kernel chooses.</summary>
    IPAddress? Source => null;

    /// <summary>What its server, and its peers, take.</summary>
    /// <exception cref="Slotwright.Core.Failures.OperationFailedException">There is none.</exception>
    Credentials? Credentials();

    /// <summary>Why its server was not let go to work; null where it was.</summary>
    string? HeldBack();

    /// <summary>Where a name leads now; null where it leads nowhere.</summary>
    Task<NodeAddress?> ResolveAsync(string hostname, CancellationToken ct);

    /// <summary>Where the members of its cluster are, by their common name; its own may be among them.</summary>
    Task<ImmutableArray<NodeAddress>> MembersAsync(CancellationToken ct);

    /// <summary>Who changes the cluster now; null where nobody is seen to.</summary>
    Task<string?> OperationAsync(CancellationToken ct);

    /// <summary>What it may do about a primary that is gone.</summary>
    FailoverOptions Failover => FailoverOptions.Off;

    /// <summary>Holds up its server's next start; null where that can't be done, and no server is called dead then.</summary>
    IStartHold? StartHold => null;

    /// <summary>Where the agent of a node listens; null where that is not known.</summary>
    NodeAddress? AgentOf(NodeAddress node) => null;

    /// <summary>Keeps the zone that the server was told, for its next start.</summary>
    void KeepZone(string zone);
}
