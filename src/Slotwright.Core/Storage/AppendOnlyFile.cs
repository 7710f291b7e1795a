namespace Slotwright.Core.Storage;

/// <summary>A file that the append-only manifest names and that is loaded at a start.</summary>
/// <param name="Head">Where it begins as an RDB file, as bases mostly do; null where not.</param>
/// <param name="Damage">Why its RDB head can't be understood; null where it can, or where it has none.</param>
/// <param name="HasCommands">Looked for where there is no RDB head with data.</param>
/// <param name="Written">When it was written last; null where it is not there.</param>
public sealed record AppendOnlyFile(
    string Path,
    AppendOnlyKind Kind,
    SnapshotHead? Head,
    string? Damage,
    bool HasCommands,
    DateTimeOffset? Written
)
{
    public bool IsMissing => Written is null;

    /// <summary>Commands are data, whatever they do; so is what can't be read.</summary>
    public bool HasData => HasCommands || Damage is not null || Head is { HasData: true };
}
