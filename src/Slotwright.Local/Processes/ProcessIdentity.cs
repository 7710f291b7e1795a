namespace Slotwright.Local.Processes;

/// <summary>
/// A process that can't be mistaken for another: a pid is used again, together with start time and boot it is not.
/// </summary>
/// <param name="StartTime">Clock ticks after the boot.</param>
/// <param name="BootId">/proc/sys/kernel/random/boot_id.</param>
internal sealed record ProcessIdentity(int Pid, long StartTime, string BootId)
{
    private static readonly Lazy<string> CurrentBoot = new(() =>
        File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()
    );

    /// <summary>Null where there is no such process, or only what is left of one that ended.</summary>
    public static ProcessIdentity? Of(int pid) => ProcessStat.Read(pid) is { HasEnded: false } stat ? Of(stat) : null;

    public static ProcessIdentity Of(ProcessStat stat) => new(stat.Pid, stat.StartTime, CurrentBoot.Value);

    /// <summary>Its stat where exactly this process lives.</summary>
    public ProcessStat? Find() =>
        string.Equals(BootId, CurrentBoot.Value, StringComparison.Ordinal)
        && ProcessStat.Read(Pid) is { HasEnded: false } stat
        && stat.StartTime == StartTime
            ? stat
            : null;
}
