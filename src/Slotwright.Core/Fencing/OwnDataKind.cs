namespace Slotwright.Core.Fencing;

/// <summary>How far a member's own data can be trusted.</summary>
public enum OwnDataKind
{
    /// <summary>No key.</summary>
    Empty,

    /// <summary>A snapshot: what was written after it is missing.</summary>
    Snapshot,

    /// <summary>An append-only file: each write was in it before its client was told.</summary>
    Complete,
}
