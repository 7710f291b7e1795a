using System.Collections.Immutable;

namespace Slotwright.Local.Hosting;

/// <summary>What a start found and did; members by name, in order.</summary>
/// <param name="Paused">Among those that already ran: they run, but do not answer.</param>
public sealed record StartReport(
    ImmutableArray<string> Started,
    ImmutableArray<string> AlreadyRunning,
    ImmutableArray<string> Paused
);
