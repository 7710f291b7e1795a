namespace Slotwright.Core.Health;

/// <summary>What a cluster should have.</summary>
/// <param name="ReplicasPerPrimary">0 or more.</param>
/// <param name="AtLeast">More replicas are as good: nobody said how many there should be.</param>
public sealed record Expectation(int ReplicasPerPrimary, bool AtLeast)
{
    /// <summary>What is expected of a cluster of which nobody said what it should have.</summary>
    public static readonly Expectation OneReplica = new(1, AtLeast: true);

    public Former Former { get; init; } = Former.Host;
}
