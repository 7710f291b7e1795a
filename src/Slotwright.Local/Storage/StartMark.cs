using Slotwright.Local.State;

namespace Slotwright.Local.Storage;

/// <summary>
/// A file beside the data that says whether its server was started with append-only files the last time. By that,
/// files to which nothing was written for long are told from files of long ago.
/// </summary>
internal static class StartMark
{
    private const string FileName = "last-start";
    private const string On = "appendonly yes\n";
    private const string Off = "appendonly no\n";

    /// <returns>Null where it was never started by us, or another program wrote the file.</returns>
    public static bool? Read(string folder)
    {
        var path = $"{folder}/{FileName}";
        return !File.Exists(path)
            ? null
            : File.ReadAllText(path) switch
            {
                On => true,
                Off => false,
                _ => null,
            };
    }

    public static void Write(string folder, bool appendOnly)
    {
        if (Read(folder) != appendOnly)
        {
            AtomicFile.Write($"{folder}/{FileName}", appendOnly ? On : Off);
        }
    }
}
