using System.Collections.Concurrent;

namespace Slotwright.Local.Processes;

/// <summary>
/// Processes that we have started ourselves: what is left of one when it ends has to be taken from the system. Only
/// these are ever reaped: .NET ends the whole program when somebody reaps a child of its own.
/// </summary>
internal static class Children
{
    private static readonly ConcurrentDictionary<ProcessIdentity, byte> All = new();

    public static void Add(ProcessIdentity process) => All.TryAdd(process, 0);

    /// <summary>Nothing to do where it lives, or is no child of ours.</summary>
    public static void Reap(ProcessIdentity process)
    {
        if (process.Find() is null && All.TryRemove(process, out _))
        {
            _ = Native.WaitPid(process.Pid, out _, Native.WaitNoHang);
        }
    }
}
