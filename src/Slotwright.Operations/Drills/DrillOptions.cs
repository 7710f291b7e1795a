using Slotwright.Core.Drills;

namespace Slotwright.Operations.Drills;

/// <summary>What a drill does, and what it may show at most.</summary>
/// <param name="Rate">Operations a second of its load.</param>
public sealed record DrillOptions(DrillKind Kind, DrillTimes Times, int Rate, LedgerLimits Limits)
{
    /// <summary>Long enough for a failover by plain Valkey, with a cluster-node-timeout of 15 s.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(45);

    public static readonly TimeSpan ShortestDuration = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan LongestDuration = TimeSpan.FromHours(1);

    /// <summary>The version of an upgrade, as <c>slotwright upgrade</c> takes it.</summary>
    public string? Version { get; init; }

    /// <summary>A partition freezes the agent of the member that it cuts off, at that moment.</summary>
    public bool FreezesAgent { get; init; }

    /// <summary>How long an operation that is rehearsed may take.</summary>
    public TimeSpan OperationPatience { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How long the cluster may take afterwards until verify accepts it.</summary>
    public TimeSpan RecoveryPatience { get; init; } = TimeSpan.FromMinutes(1);
}
