namespace Slotwright.Local.Storage;

/// <summary>The server that a member's files are prepared for.</summary>
/// <param name="Program">Its absolute path.</param>
/// <param name="WorkFolder">Where it may be run for itself; not the folder of the data.</param>
/// <param name="AuthFile">The file of passwords that the member's configuration includes; null where it has none.</param>
/// <param name="GoBack">How a person goes back to an engine, given its version: "set image.tag to 9.1.2".</param>
public sealed record StorageEngine(
    string Program,
    Version Version,
    string WorkFolder,
    string? AuthFile,
    Func<string, string> GoBack
);
