using System.Collections.Immutable;
using System.Globalization;

namespace Slotwright.Local.Processes;

/// <summary>File descriptors of our own that a child would get without being asked: those without close-on-exec.</summary>
internal static class OpenFiles
{
    public static ImmutableArray<int> Inheritable() =>
        [
            .. Directory
                .EnumerateFileSystemEntries("/proc/self/fdinfo")
                .Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))
                .Where(fd => fd > 2 && !ClosesOnExec(fd)),
        ];

    private static bool ClosesOnExec(int fd)
    {
        try
        {
            return File.ReadLines($"/proc/self/fdinfo/{fd}").Any(IsCloseOnExec);
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static bool IsCloseOnExec(string line) =>
        line.StartsWith("flags:", StringComparison.Ordinal)
        && (Convert.ToInt32(line["flags:".Length..].Trim(), 8) & Native.OpenCloseOnExec) != 0;
}
