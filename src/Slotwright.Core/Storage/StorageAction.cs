namespace Slotwright.Core.Storage;

/// <summary>What is done to a member's files, so that its server loads the newest data.</summary>
public enum StorageAction
{
    /// <summary>It loads them as they are.</summary>
    Keep,

    /// <summary>
    /// The snapshot is loaded, and the append-only files, which are older, stay where they are until the server has made
    /// them anew.
    /// </summary>
    Resume,

    /// <summary>The append-only files are made of the snapshot: without any, the server would begin with no keys.</summary>
    MakeAppendOnly,

    /// <summary>They are set aside first: they are older than the snapshot, and the server would load them.</summary>
    ReplaceAppendOnly,

    /// <summary>A snapshot is made of the append-only files, which the server would not load; they are set aside then.</summary>
    SaveSnapshot,

    /// <summary>The append-only files have nothing that the snapshot does not have.</summary>
    SetAppendOnlyAside,
}
