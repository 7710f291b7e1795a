using System.Collections.Immutable;

namespace Slotwright.Bench.Failover;

/// <param name="Disturbances">Stops, snapshots and times without processors.</param>
/// <param name="Alarms">Failovers that none of the kills had made necessary.</param>
/// <param name="Gaps">Of the primaries that were killed, in their order.</param>
internal sealed record FalseAlarmResult(
    TimeSpan Time,
    int Disturbances,
    int Alarms,
    ImmutableArray<(string Member, TimeSpan Length)> Gaps,
    long LostConfirmed
);
