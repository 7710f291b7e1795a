using Slotwright.Core.Restarts;

namespace Slotwright.Core.Storage;

/// <summary>What lies on a member's disk.</summary>
/// <param name="Snapshot">Null where there is none.</param>
/// <param name="AppendOnly">Null where there are none: no manifest, so that a server would begin without data.</param>
public sealed record DiskContent(Snapshot? Snapshot, AppendOnlyFiles? AppendOnly)
{
    /// <summary>A start that was cut off was saving its append-only files as a snapshot, or had done so.</summary>
    public bool IsConverted { get; init; }

    /// <summary>Of a restart that resumes; null where none is under way.</summary>
    public ResumeMark? Mark { get; init; }

    /// <summary>Whether a server that starts with this setting would have data to load.</summary>
    public bool HasData(bool appendOnly) =>
        appendOnly ? AppendOnly is { HasData: true } : Snapshot is { HasData: true };
}
