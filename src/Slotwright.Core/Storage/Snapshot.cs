namespace Slotwright.Core.Storage;

/// <summary>A member's RDB file.</summary>
/// <param name="Head">Null where it can't be understood.</param>
/// <param name="Damage">Why it can't; null where it can.</param>
/// <param name="Written">When the file was written last.</param>
public sealed record Snapshot(string Path, SnapshotHead? Head, string? Damage, DateTimeOffset Written)
{
    /// <summary>It is not cut off: it ends as RDB files end.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>What can't be read may be data.</summary>
    public bool HasData => Head?.HasData ?? true;

    /// <summary>
    /// All that was written before this moment is in it. A file that was received from a primary has that one's clock:
    /// where it is ahead, the time of the file holds.
    /// </summary>
    public DateTimeOffset Covers => Head?.Created is { } created && created < Written ? created : Written;
}
