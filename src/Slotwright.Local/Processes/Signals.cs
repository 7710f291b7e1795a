using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Slotwright.Local.Processes;

/// <summary>
/// Signals to a process that is known by its identity. The process is held by a pidfd first and looked at afterwards,
/// so that no other can take its number in between.
/// </summary>
internal static class Signals
{
    /// <returns>False where that process is no more; nothing was signalled then.</returns>
    /// <exception cref="Win32Exception">Not permitted.</exception>
    public static bool Send(ProcessIdentity process, Signal signal)
    {
        var fd = (int)Native.Syscall(Native.SysPidfdOpen, process.Pid, 0, 0, 0);
        if (fd < 0)
        {
            return Marshal.GetLastPInvokeError() switch
            {
                Native.ESrch => false,
                Native.ENoSys => SendByNumber(process, signal),
                var error => throw new Win32Exception(error),
            };
        }
        using var handle = new SafeFileHandle(fd, ownsHandle: true);
        if (process.Find() is null)
        {
            return false;
        }
        return Done((int)Native.Syscall(Native.SysPidfdSendSignal, fd, (nint)(int)signal, 0, 0));
    }

    // Linux before 5.3 has no pidfd
    private static bool SendByNumber(ProcessIdentity process, Signal signal) =>
        process.Find() is not null && Done(Native.Kill(process.Pid, (int)signal));

    private static bool Done(int result)
    {
        if (result == 0)
        {
            return true;
        }
        var error = Marshal.GetLastPInvokeError();
        return error == Native.ESrch ? false : throw new Win32Exception(error);
    }
}
