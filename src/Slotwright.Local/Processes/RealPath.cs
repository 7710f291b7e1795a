using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Slotwright.Local.Processes;

/// <summary>A path as /proc shows it: absolute and without symbolic links.</summary>
internal static class RealPath
{
    /// <exception cref="Win32Exception">It does not exist.</exception>
    public static string Of(string path)
    {
        var resolved = Native.RealPath(path, IntPtr.Zero);
        if (resolved == IntPtr.Zero)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        var text = Marshal.PtrToStringUTF8(resolved)!;
        Native.Free(resolved);
        return text;
    }
}
