using System.Collections.Immutable;
using Slotwright.Core.Failover;

namespace Slotwright.Operations.Agent.Failover;

/// <summary>What an agent's reflex has done so far: an immutable value.</summary>
public sealed record FailoverStatus
{
    /// <summary>It would notice the end of its server.</summary>
    public bool IsWatching { get; init; }

    /// <summary>Times that its server took over because it asked for it, by how the old primary was.</summary>
    public ImmutableSortedDictionary<MemberCondition, long> Won { get; init; } =
        new[] { MemberCondition.Dead, MemberCondition.Unreachable }.ToImmutableSortedDictionary(c => c, _ => 0L);

    /// <summary>FORCE that was sent to its server.</summary>
    public long Forced { get; init; }

    /// <summary>When its server took over the last time.</summary>
    public DateTimeOffset? LastWon { get; init; }

    /// <summary>Times that it has told others that its server is dead.</summary>
    public long Deaths { get; init; }

    /// <summary>Times that it kept its server from taking writes, since it was cut off.</summary>
    public long Fences { get; init; }

    /// <summary>It keeps its server from taking writes.</summary>
    public bool IsFenced { get; init; }
}
