using Slotwright.Core.Observing;

namespace Slotwright.Core.Restarts;

/// <summary>What is known of a member that is about to restart.</summary>
/// <param name="Own">What its server says.</param>
/// <param name="Primary">What its primary says; null where that does not answer, or it has none.</param>
/// <param name="Between">From the end of its server to the start of the next.</param>
/// <param name="Left">How long its server may take to end; null where nobody ends it by force.</param>
public sealed record ResumeEvidence(ServerInfo Own, ServerInfo? Primary, TimeSpan Between, TimeSpan? Left)
{
    /// <summary>Bytes of the stream that its primary will keep: what it keeps now, where nobody raises that.</summary>
    public long Backlog { get; init; } = Primary?.Backlog ?? 0;

    /// <summary>What comes in over its link, or goes out to each replica: right after a swap only one of them is known.</summary>
    public ResumeEstimate Estimate => new(Own.UsedMemory, Math.Max(Own.StreamIn, Primary?.StreamOut ?? 0), Between);
}
