using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Agent;

/// <summary>What an agent knows when it judges. What costs more than a look at its own server is asked for if needed.</summary>
/// <param name="Hostname">What the member announces, its name for its peers.</param>
/// <param name="Nodes">Its server's CLUSTER NODES.</param>
/// <param name="Keys">Keys in its server.</param>
/// <param name="LinkUp">It is a replica in sync.</param>
public sealed record AgentEvidence(string Hostname, ImmutableArray<PeerRow> Nodes, long Keys, bool LinkUp)
{
    /// <summary>Its availability zone; empty where it is not known.</summary>
    public string Zone { get; init; } = "";

    /// <summary>By the clock of the server's machine.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Why its server was not let go to work; null where it was.</summary>
    public string? HeldBack { get; init; }

    /// <summary>Where names lead now; a name that leads nowhere is missing. Null where none was asked for.</summary>
    public ImmutableDictionary<string, NodeAddress>? Names { get; init; }

    /// <summary>
    /// Another has been heard to know the member under another id. The server itself may not know: nobody tells a newcomer
    /// of nodes that are dead.
    /// </summary>
    public bool WasAnother { get; init; }

    /// <summary>The other members that answered; null where none was asked.</summary>
    public ImmutableArray<MemberSight>? Members { get; init; }

    /// <summary>How often the same has been tried in vain.</summary>
    public int Tries { get; init; }

    /// <summary>The server's own row.</summary>
    public PeerRow Self { get; } = Nodes.Single(n => n.Flags.HasFlag(PeerFlags.Myself));
}
