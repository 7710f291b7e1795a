using System.Collections.Immutable;

namespace Slotwright.Local.Servers;

/// <summary>A line of Valkey and the suite of Debian's archive that has it.</summary>
/// <param name="Base">The suite that the rest comes from, where the suite is a small one beside it; null for none.</param>
internal sealed record DebianRelease(WantedVersion Line, string Suite, string? Base = null)
{
    /// <summary>What can be fetched, newest first.</summary>
    public static ImmutableArray<DebianRelease> All { get; } =
    [
        new(new WantedVersion(9, 1), "sid"),
        new(new WantedVersion(8, 1), "trixie"),
        new(new WantedVersion(8, 0), "bookworm-backports", "bookworm"),
    ];

    public static DebianRelease? Of(WantedVersion wanted) => All.FirstOrDefault(r => r.Line == wanted.Line);
}
