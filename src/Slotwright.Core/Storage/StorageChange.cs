namespace Slotwright.Core.Storage;

/// <param name="Why">A sentence's end, for the log; empty where nothing is done.</param>
public sealed record StorageChange(StorageAction Action, string Why)
{
    public static readonly StorageChange None = new(StorageAction.Keep, "");

    /// <summary>Append-only files that lie there are loaded.</summary>
    /// <param name="appendOnly">What the server is about to be started with.</param>
    public bool LoadsAppendOnly(bool appendOnly) =>
        Action == StorageAction.SaveSnapshot || (Action == StorageAction.Keep && appendOnly);
}
