using System.Collections.Immutable;
using Slotwright.Core.Agent;

namespace Slotwright.Operations.Agent;

/// <summary>What an agent knows after a look, and what it has done so far: an immutable value, for whoever asks.</summary>
public sealed record AgentStatus
{
    public required string Hostname { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it has looked last; null before the first look.</summary>
    public DateTimeOffset? Looked { get; init; }

    /// <summary>How long the last look and what was done took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Looks so far.</summary>
    public long Looks { get; init; }

    /// <summary>What its server said; null where it did not answer.</summary>
    public OwnView? View { get; init; }

    /// <summary>What its server said when it answered the last time.</summary>
    public OwnView? LastView { get; init; }

    /// <summary>Why the server was not let go to work; null where it was.</summary>
    public string? HeldBack { get; init; }

    /// <summary>What it has decided.</summary>
    public AgentDecision? Decision { get; init; }

    /// <summary>Steps that were done, by kind.</summary>
    public ImmutableSortedDictionary<HealKind, HealCount> Heals { get; init; } =
        Enum.GetValues<HealKind>().ToImmutableSortedDictionary(k => k, _ => new HealCount(0, 0, null));
}
