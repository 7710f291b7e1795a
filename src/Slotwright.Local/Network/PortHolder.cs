using Slotwright.Local.Processes;

namespace Slotwright.Local.Network;

/// <summary>Which process has a listening socket.</summary>
internal static class PortHolder
{
    /// <summary><c>python3 (pid 4711)</c>; null where no process that we may look into has it.</summary>
    public static string? Find(Listener listener)
    {
        var socket = $"socket:[{listener.Inode}]";
        foreach (var pid in ProcFiles.Pids())
        {
            if (OpenFiles(pid).Any(file => string.Equals(ProcFiles.Link(file), socket, StringComparison.Ordinal)))
            {
                return $"{ProcessStat.Read(pid)?.Command ?? "a process"} (pid {pid})";
            }
        }
        return null;
    }

    private static string[] OpenFiles(int pid)
    {
        try
        {
            return Directory.GetFileSystemEntries($"/proc/{pid}/fd");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
