using System.Collections.Immutable;

namespace Slotwright.Local.Hosting;

/// <summary>What a stop did; members by name, in order.</summary>
/// <param name="Killed">Were ended by SIGKILL: they did not end by themselves, or their data was to be deleted.</param>
public sealed record StopReport(
    ImmutableArray<string> Stopped,
    ImmutableArray<string> AlreadyStopped,
    ImmutableArray<string> Killed
);
