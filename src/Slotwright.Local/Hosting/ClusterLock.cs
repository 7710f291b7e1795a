using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Operations.Targets;

namespace Slotwright.Local.Hosting;

/// <summary>
/// The lock of a local cluster: a flock, which ends with the process that holds it. An operation that is part of
/// another takes it again through the same host.
/// </summary>
internal sealed class ClusterLock(StateRoot root, string cluster, string target, TimeProvider time)
{
    private const int MostHolderBytes = 4096;
    private readonly Lock gate = new();
    private SafeFileHandle? handle;
    private string path = "";
    private int depth;

    /// <exception cref="ClusterBusyException">Another holds it.</exception>
    public IOperationLock Take(string operation)
    {
        lock (gate)
        {
            if (depth == 0)
            {
                (handle, path) = Open(operation);
            }
            depth++;
            return new Held(this);
        }
    }

    private void EnsureHeld()
    {
        lock (gate)
        {
            if (handle is null || !LockedFile.IsStillAt(handle, path))
            {
                throw new ClusterBusyException(target, $"someone who removed {path}", null);
            }
        }
    }

    private void Release()
    {
        lock (gate)
        {
            if (--depth > 0 || handle is null)
            {
                return;
            }
            if (LockedFile.IsStillAt(handle, path) && !root.Has(cluster))
            {
                RemoveEmptyFolder();
            }
            LockedFile.Release(handle);
            handle = null;
        }
    }

    private (SafeFileHandle Handle, string Path) Open(string operation)
    {
        while (true)
        {
            var at = root.MakeFolder(cluster).Lock;
            var opened = LockedFile.TryTake(at) ?? throw Busy(at);
            try
            {
                // its holder before may have deleted the file together with the cluster
                if (LockedFile.IsStillAt(opened, at))
                {
                    Write(opened, operation);
                    return (opened, at);
                }
            }
            catch
            {
                LockedFile.Release(opened);
                throw;
            }
            LockedFile.Release(opened);
        }
    }

    private ClusterBusyException Busy(string at)
    {
        using var file = LockedFile.Open(at);
        var bytes = new byte[MostHolderBytes];
        var length = RandomAccess.Read(file, bytes, 0);
        try
        {
            return JsonSerializer.Deserialize(bytes.AsSpan(0, length), LocalJson.Default.LockHolder) is { } holder
                ? new ClusterBusyException(target, holder.ToString(), holder.Since)
                : new ClusterBusyException(target, "another operation", null);
        }
        catch (JsonException)
        {
            return new ClusterBusyException(target, "another operation", null);
        }
    }

    private void Write(SafeFileHandle file, string operation)
    {
        var holder = new LockHolder(operation, Environment.UserName, Environment.ProcessId, time.GetUtcNow());
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, JsonSerializer.SerializeToUtf8Bytes(holder, LocalJson.Default.LockHolder), 0);
    }

    private void RemoveEmptyFolder()
    {
        var folder = Path.GetDirectoryName(path)!;
        if (Directory.GetFileSystemEntries(folder) is [var only] && string.Equals(only, path, StringComparison.Ordinal))
        {
            File.Delete(path);
            Directory.Delete(folder);
        }
    }

    private sealed class Held(ClusterLock owner) : IOperationLock
    {
        private int released;

        public ValueTask EnsureHeldAsync(CancellationToken ct)
        {
            owner.EnsureHeld();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
            {
                owner.Release();
            }
            return ValueTask.CompletedTask;
        }
    }
}
