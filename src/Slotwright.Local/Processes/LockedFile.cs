using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Slotwright.Local.Processes;

/// <summary>
/// A file with a lock of the system on it (flock), which ends with the last process that has the file open. .NET's
/// own file sharing takes flocks too: such a file is opened here only.
/// </summary>
internal static class LockedFile
{
    /// <summary>Makes the file where it is missing.</summary>
    /// <returns>Null where another holds the lock.</returns>
    /// <exception cref="IOException">It can't be opened or locked.</exception>
    public static SafeFileHandle? TryTake(string path)
    {
        var handle = Open(path);
        if (Native.Flock(handle, Native.LockExclusive | Native.LockNonBlocking) == 0)
        {
            return handle;
        }
        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        return error == Native.EAgain ? null : throw Failed(path, error);
    }

    /// <summary>
    /// Gives the lock back. To close the file is not enough: a child that is being started at this moment, by whatever
    /// part of the program, has it open until its own program begins.
    /// </summary>
    public static void Release(SafeFileHandle handle)
    {
        _ = Native.Flock(handle, Native.Unlock);
        handle.Dispose();
    }

    /// <summary>Opens it without a lock, to read and write.</summary>
    public static SafeFileHandle Open(string path)
    {
        var fd = Native.Open(
            path,
            Native.OpenReadWrite | Native.OpenCreate | Native.OpenCloseOnExec,
            Convert.ToInt32("600", 8)
        );
        return fd >= 0 ? new SafeFileHandle(fd, ownsHandle: true) : throw Failed(path, Marshal.GetLastPInvokeError());
    }

    /// <summary>False where the file was deleted or replaced since it was opened.</summary>
    public static bool IsStillAt(SafeFileHandle handle, string realPath) =>
        string.Equals(
            ProcFiles.Link($"/proc/self/fd/{handle.DangerousGetHandle()}"),
            realPath,
            StringComparison.Ordinal
        );

    /// <summary>
    /// Whether a process of ours holds the lock, as the kernel tells: to try it would keep others from it for a moment.
    /// </summary>
    public static bool IsHeldBy(int pid, string realPath)
    {
        try
        {
            return Directory
                .EnumerateFileSystemEntries($"/proc/{pid}/fd")
                .Where(fd => string.Equals(ProcFiles.Link(fd), realPath, StringComparison.Ordinal))
                .Any(fd =>
                    File.ReadAllText($"/proc/{pid}/fdinfo/{Path.GetFileName(fd)}")
                        .Contains("FLOCK", StringComparison.Ordinal)
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended meanwhile
        }
    }

    private static IOException Failed(string path, int error) =>
        new($"{path}: {new Win32Exception(error).Message}", error);
}
