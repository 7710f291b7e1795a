namespace Slotwright.Core.Observing;

/// <summary>What a server says of its files; null where it does not say, since its version has no such field.</summary>
/// <param name="AppendOnly">aof_enabled: it writes an append-only file, or is about to.</param>
/// <param name="Appended">aof_last_write_status: the last write or fsync of that file succeeded.</param>
/// <param name="Rewritten">aof_last_bgrewrite_status: the last rewrite of that file succeeded.</param>
/// <param name="Saved">rdb_last_bgsave_status: the last snapshot succeeded.</param>
public sealed record StorageInfo(bool? AppendOnly, bool? Appended, bool? Rewritten, bool? Saved)
{
    public static readonly StorageInfo Unsaid = new(null, null, null, null);

    /// <summary>A rewrite of that file runs, or is scheduled.</summary>
    public bool Rewriting { get; init; }

    /// <summary>The rewrite is its first content: until it has ended, what lies on the disk is older, or nothing.</summary>
    public bool IsBeginning { get; init; }

    /// <summary>What the server has acknowledged is in its append-only file, but for the fsync that appendfsync allows.</summary>
    public bool IsWhole => AppendOnly is true && !IsBeginning;

    /// <summary>
    /// Whether it refuses writes after a snapshot that failed (stop-writes-on-bgsave-error, where save points are
    /// set). INFO does not say: it is asked where a snapshot has failed; null where it was not, or was not answered.
    /// </summary>
    public bool? StopsAfterFailedSave { get; init; }
}
