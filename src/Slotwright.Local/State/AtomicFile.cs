using System.Text;
using Microsoft.Win32.SafeHandles;
using Slotwright.Local.Processes;

namespace Slotwright.Local.State;

/// <summary>Files that are there whole or not at all, readable and writable by their owner only.</summary>
public static class AtomicFile
{
    /// <summary>Ends when the file would outlive a crash of the machine.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Replace(path, bytes, flush: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>For what can be made again: a crash of the machine may take it.</summary>
    public static void WriteDerived(string path, ReadOnlySpan<byte> bytes) => Replace(path, bytes, flush: false);

    public static void WriteDerived(string path, string text) => WriteDerived(path, Encoding.UTF8.GetBytes(text));

    private static void Replace(string path, ReadOnlySpan<byte> bytes, bool flush)
    {
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
                file.Flush(flush);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>So that what was renamed in it outlives a crash of the machine.</summary>
    internal static void FlushFolder(string folder)
    {
        using var handle = new SafeFileHandle(Native.Open(folder, Native.OpenCloseOnExec, 0), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            _ = Native.Fsync(handle);
        }
    }
}
