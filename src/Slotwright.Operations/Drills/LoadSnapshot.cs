using System.Collections.Immutable;

namespace Slotwright.Operations.Drills;

/// <summary>How a run goes, about once a second.</summary>
/// <param name="Elapsed">Since the first operation was due.</param>
/// <param name="Duration">How long operations become due.</param>
/// <param name="OperationsPerSecond">That succeeded since the last snapshot.</param>
/// <param name="Failed">Operations that failed since the run began.</param>
/// <param name="P50">Of the operations that succeeded since the last snapshot; zero where none did. So is P99.</param>
/// <param name="Lost">Acknowledged writes known to be gone so far.</param>
public sealed record LoadSnapshot(
    TimeSpan Elapsed,
    TimeSpan Duration,
    double OperationsPerSecond,
    long Acknowledged,
    long Failed,
    TimeSpan P50,
    TimeSpan P99,
    long Lost,
    ImmutableArray<LoadShardSnapshot> Shards
)
{
    /// <summary>Nothing is due any more and all is answered: what was written is read back.</summary>
    public bool IsReadingBack { get; init; }
}
