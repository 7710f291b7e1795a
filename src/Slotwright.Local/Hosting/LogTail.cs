using System.Collections.Immutable;
using System.Text;

namespace Slotwright.Local.Hosting;

/// <summary>The last lines of a server's log: what it says of its own end.</summary>
internal static class LogTail
{
    private const int MostBytes = 8192;
    private const int MostLines = 6;

    public static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Lines that were written from a place in the file on; none where it can't be read.</summary>
    public static ImmutableArray<string> Read(string path, long from)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Seek(Math.Max(from, file.Length - MostBytes), SeekOrigin.Begin);
            using var reader = new StreamReader(file, Encoding.UTF8);
            var lines = reader
                .ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return [.. lines.TakeLast(MostLines)];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
