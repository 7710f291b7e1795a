using System.Collections.Immutable;

namespace Slotwright.Local.Hosting;

/// <summary>What a stop did; members by name, in order.</summary>
/// <param name="Killed">Did not end by themselves and were ended by SIGKILL.</param>
public sealed record StopReport(
    ImmutableArray<string> Stopped,
    ImmutableArray<string> AlreadyStopped,
    ImmutableArray<string> Killed
);
