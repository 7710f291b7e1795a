using System.Collections.Immutable;
using Slotwright.Local.Fencing;

namespace Slotwright.Local.Hosting;

/// <summary>What a start found and did; members by name, in order.</summary>
/// <param name="Paused">Among those that already ran: they run, but do not answer.</param>
public sealed record StartReport(
    ImmutableArray<string> Started,
    ImmutableArray<string> AlreadyRunning,
    ImmutableArray<string> Paused
)
{
    /// <summary>Their servers run and vote, but take neither reads nor writes.</summary>
    public ImmutableArray<HeldBackMember> HeldBack { get; init; } = [];
}
