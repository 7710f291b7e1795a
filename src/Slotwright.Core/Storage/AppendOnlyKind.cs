namespace Slotwright.Core.Storage;

/// <summary>What a file of an append-only folder is for.</summary>
public enum AppendOnlyKind
{
    /// <summary>What the data were when it was written; loaded first.</summary>
    Base,

    /// <summary>Commands since then.</summary>
    Incremental,

    /// <summary>Not loaded any more; about to be deleted.</summary>
    History,
}
