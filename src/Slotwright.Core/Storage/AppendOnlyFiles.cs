using System.Collections.Immutable;

namespace Slotwright.Core.Storage;

/// <summary>A member's append-only files, as far as its server would load them.</summary>
/// <param name="Folder">Where they lie; where Manifest is null, the folder that they would be moved to.</param>
/// <param name="Manifest">The manifest's path; null for the one file of servers before 7.0, which has none.</param>
/// <param name="Files">Without history files; empty where the manifest can't be understood.</param>
/// <param name="Damage">What is wrong with the manifest; null where nothing is.</param>
/// <param name="Written">The last write to any of these files, also to those of a damaged manifest.</param>
public sealed record AppendOnlyFiles(
    string Folder,
    string? Manifest,
    ImmutableArray<AppendOnlyFile> Files,
    string? Damage,
    DateTimeOffset Written
)
{
    /// <summary>What can't be read may be data.</summary>
    public bool HasData => Damage is not null || Files.Any(file => file.HasData);

    /// <summary>By it, files that were made anew are told from those before; empty where they begin with commands.</summary>
    public string BaseName =>
        Files.FirstOrDefault(file => file.Kind == AppendOnlyKind.Base) is { Path: var path }
            ? Path.GetFileName(path)
            : "";

    /// <summary>The snapshot that is loaded first; null where the files begin with commands.</summary>
    public SnapshotHead? Base => Files.FirstOrDefault(file => file.Kind == AppendOnlyKind.Base)?.Head;
}
