using Slotwright.Core.Cluster;

namespace Slotwright.Output;

/// <summary>What became of a member.</summary>
/// <param name="Was"><c>running</c>, <c>paused</c> or <c>stopped</c>, before.</param>
/// <param name="Is">The same, now.</param>
/// <param name="Before">Its address before.</param>
/// <param name="Address">Its address now.</param>
/// <param name="Error">Why it could not be done; null where it was.</param>
internal sealed record LocalMemberChange(
    string Member,
    string? Zone,
    string Was,
    string Is,
    NodeAddress Before,
    NodeAddress Address,
    string? Error
)
{
    public static LocalMemberChange Of(Member before, Member now, string? error) =>
        new(now.Name, now.Zone, Word(before.Phase), Word(now.Phase), before.Address, now.Address, error);

    private static string Word(MemberPhase phase) => phase.ToString().ToLowerInvariant();
}
