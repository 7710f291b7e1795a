using System.Collections.Immutable;
using Slotwright.Core.Agent;

namespace Slotwright.Core.Failover;

/// <summary>What the agent of a replica knows of its shard when it judges. What costs more is asked for where it is needed.</summary>
/// <param name="Condition">Of the primary, by its own agent, asked at this moment.</param>
public sealed record FailoverEvidence(LostShard Shard, MemberCondition Condition, FailoverOptions Options)
{
    /// <summary>What knocking at the primary's client port from here came to.</summary>
    public PortAnswer Knock { get; init; }

    /// <summary>The replicas that answered, the agent's own among them; null where none was asked.</summary>
    public ImmutableArray<ReplicaReading>? Readings { get; init; }

    /// <summary>The primary's stream as its agent knew it; empty where it did not.</summary>
    public string Stream { get; init; } = "";

    /// <summary>Primaries by zone as the primary's agent knew them, so that all who judge have the same.</summary>
    public ImmutableDictionary<string, int> PrimariesByZone { get; init; } = [];

    /// <summary>Operations that the agent's own server knows to run.</summary>
    public ImmutableArray<OperationMark> Operations { get; init; } = [];

    /// <summary>Since the oldest of what is known here was asked for: an agent may have been frozen in between.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Since the agent has heard of it.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Since it has last sent FORCE for it; null where it has not.</summary>
    public TimeSpan? SinceForce { get; init; }

    /// <summary>Of a primary that is cut off: since its promise to take no writes holds; negative before.</summary>
    public TimeSpan? SincePromiseHolds { get; init; }
}
