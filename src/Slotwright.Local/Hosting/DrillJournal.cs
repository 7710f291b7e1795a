using Microsoft.Win32.SafeHandles;
using Slotwright.Local.Processes;
using Slotwright.Local.State;
using Slotwright.Operations.Targets;

namespace Slotwright.Local.Hosting;

/// <summary>What a drill has hurt, in a file of the cluster's folder; a flock keeps other drills out.</summary>
internal sealed class DrillJournal : IDrillJournal
{
    private readonly ClusterFolder _folder;
    private readonly SafeFileHandle _lock;

    private DrillJournal(ClusterFolder folder, SafeFileHandle held)
    {
        _folder = folder;
        _lock = held;
    }

    /// <exception cref="ClusterBusyException">Another drill goes on.</exception>
    public static DrillJournal Begin(ClusterFolder folder, string target) =>
        LockedFile.TryTake(folder.Drill) is { } held
            ? new DrillJournal(folder, held)
            : throw new ClusterBusyException(target, "another drill", null);

    public Hurt? Read() => HurtFile.Read(_folder);

    public void Write(Hurt hurt) => HurtFile.Write(_folder, hurt);

    public void Clear() => File.Delete(_folder.Hurt);

    public ValueTask DisposeAsync()
    {
        LockedFile.Release(_lock);
        return ValueTask.CompletedTask;
    }
}
