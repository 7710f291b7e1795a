using Slotwright.Local.State;

namespace Slotwright.Local.Storage;

/// <summary>
/// A file beside the data that is there from the moment when append-only files are saved as a snapshot until a server
/// starts: that snapshot has all that was acknowledged, though it looks like any other.
/// </summary>
public static class ConversionMark
{
    private const string FileName = "converted";

    internal static bool IsThere(string folder) => File.Exists($"{folder}/{FileName}");

    internal static void Write(string folder) => AtomicFile.Write($"{folder}/{FileName}", "");

    /// <summary>The server that is about to start writes snapshots of its own.</summary>
    /// <param name="folder">Of the data.</param>
    public static void Delete(string folder) => File.Delete($"{folder}/{FileName}");
}
