using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;

namespace Slotwright.Local.Hosting;

/// <summary>
/// The lock of a local cluster: a flock, which ends with the process that holds it. An operation that is part of
/// another takes it again through the same host.
/// </summary>
internal sealed class ClusterLock(StateRoot root, string cluster, string target, TimeProvider time)
{
    private const int MostHolderBytes = 4096;

    // a child that the dead holder was starting has the file open until its own program begins
    private static readonly TimeSpan AfterDeath = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private SafeFileHandle? _handle;
    private string _path = "";
    private int _depth;

    /// <exception cref="ClusterBusyException">Another holds it.</exception>
    public async Task<IOperationLock> TakeAsync(string operation, CancellationToken ct)
    {
        var (isTaken, holder) = (false, default(LockHolder));
        await Wait.UntilAsync(
            _ =>
            {
                isTaken = TryTake(operation);
                holder = isTaken ? null : ReadHolder();
                return ValueTask.FromResult(isTaken || holder?.Lives != false);
            },
            AfterDeath,
            time,
            ct
        );
        return isTaken
            ? new Held(this)
            : throw new ClusterBusyException(target, holder?.ToString() ?? "another operation", holder?.Since);
    }

    /// <summary>Who holds it, without touching it; null where nobody does.</summary>
    public string? Holder()
    {
        var path = root.Folder(cluster).Lock;
        return ReadHolder() is { Lives: true } holder && LockedFile.IsHeldBy(holder.Process.Pid, path)
            ? holder.ToString()
            : null;
    }

    private bool TryTake(string operation)
    {
        lock (_gate)
        {
            if (_depth == 0 && !TryOpen(operation))
            {
                return false;
            }
            _depth++;
            return true;
        }
    }

    private void EnsureHeld()
    {
        lock (_gate)
        {
            if (_handle is null || !LockedFile.IsStillAt(_handle, _path))
            {
                throw new ClusterBusyException(target, $"someone who removed {_path}", null);
            }
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            if (--_depth > 0 || _handle is null)
            {
                return;
            }
            if (LockedFile.IsStillAt(_handle, _path) && !root.Has(cluster))
            {
                RemoveEmptyFolder();
            }
            LockedFile.Release(_handle);
            _handle = null;
        }
    }

    private bool TryOpen(string operation)
    {
        while (true)
        {
            var at = root.MakeFolder(cluster).Lock;
            if (LockedFile.TryTake(at) is not { } opened)
            {
                return false;
            }
            try
            {
                // its holder before may have deleted the file together with the cluster
                if (LockedFile.IsStillAt(opened, at))
                {
                    Write(opened, operation);
                    (_handle, _path) = (opened, at);
                    return true;
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

    /// <summary>Null where the holder has not said yet who it is.</summary>
    private LockHolder? ReadHolder()
    {
        try
        {
            using var file = LockedFile.Open(root.Folder(cluster).Lock);
            var bytes = new byte[MostHolderBytes];
            var length = RandomAccess.Read(file, bytes, 0);
            return JsonSerializer.Deserialize(bytes.AsSpan(0, length), LocalJson.Default.LockHolder);
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>On a full disk the lock is held all the same, so that a cluster there can be stopped and deleted.</summary>
    private static void TryWrite(SafeFileHandle file, LockHolder holder)
    {
        RandomAccess.SetLength(file, 0);
        try
        {
            RandomAccess.Write(file, JsonSerializer.SerializeToUtf8Bytes(holder, LocalJson.Default.LockHolder), 0);
        }
        catch (IOException e) when (DiskErrors.IsFull(e))
        {
            RandomAccess.SetLength(file, 0);
        }
    }

    private void Write(SafeFileHandle file, string operation)
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)!;
        var holder = new LockHolder(operation, Environment.UserName, self, time.GetUtcNow());
        TryWrite(file, holder);
    }

    private void RemoveEmptyFolder()
    {
        var folder = Path.GetDirectoryName(_path)!;
        if (
            Directory.GetFileSystemEntries(folder) is [var only]
            && string.Equals(only, _path, StringComparison.Ordinal)
        )
        {
            File.Delete(_path);
            Directory.Delete(folder);
        }
    }

    private sealed class Held(ClusterLock owner) : IOperationLock
    {
        private int _released;

        public ValueTask EnsureHeldAsync(CancellationToken ct)
        {
            owner.EnsureHeld();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                owner.Release();
            }
            return ValueTask.CompletedTask;
        }
    }
}
