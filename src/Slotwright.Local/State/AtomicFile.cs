using System.Text;
using Microsoft.Win32.SafeHandles;
using Slotwright.Local.Processes;

namespace Slotwright.Local.State;

/// <summary>Files that are there whole or not at all, also after a crash of the machine.</summary>
internal static class AtomicFile
{
    /// <summary>Readable and writable by its owner only.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.new";
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                BufferSize = 0,
                UnixCreateMode = Permissions.OwnerOnlyFile,
            };
            using (var file = new FileStream(temporary, options))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        FlushFolder(folder);
    }

    private static void FlushFolder(string folder)
    {
        using var handle = new SafeFileHandle(Native.Open(folder, Native.OpenCloseOnExec, 0), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            _ = Native.Fsync(handle);
        }
    }
}
