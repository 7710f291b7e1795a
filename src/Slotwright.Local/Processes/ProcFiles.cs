using System.Globalization;

namespace Slotwright.Local.Processes;

/// <summary>Links and lists below /proc.</summary>
internal static class ProcFiles
{
    public static IEnumerable<int> Pids() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0);

    public static string? WorkingFolder(int pid) => Link($"/proc/{pid}/cwd");

    public static string? File(int pid, int fd) => Link($"/proc/{pid}/fd/{fd}");

    /// <summary>Null where the link is gone or not ours to read.</summary>
    public static string? Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
