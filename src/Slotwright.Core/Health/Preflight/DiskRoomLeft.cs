using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health.Preflight;

/// <summary>
/// Whether disks have room for the snapshot that a member saves before it ends, and for the append-only base that it
/// writes once it is back. Data in files is smaller than in memory: that is taken for each of the two.
/// </summary>
public static class DiskRoomLeft
{
    private const int Copies = 2;
    private const double MiB = 1048576;

    public static ImmutableArray<Finding> Run(Observation observation, ImmutableArray<DiskRoom> disks) =>
        [
            .. disks.Select(disk =>
                Judge(disk, disk.Members.Select(m => Used(observation, m)).OrderDescending().ToArray())
            ),
        ];

    private static Finding Judge(DiskRoom disk, long[] used)
    {
        // one zone at a time is away, at most all of the members at once
        var wanted = Copies * used.Sum();
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{disk.Free / MiB:0} MiB are free on {disk.Disk}, {wanted / MiB:0} would do for all {used.Length} members on it"
        );
        return disk.Free >= wanted
            ? new Finding("disk-room", Verdict.Ok, disk.Disk, text, "", "")
            : new Finding(
                "disk-full",
                disk.Free < Copies * used.FirstOrDefault() ? Verdict.Failed : Verdict.Warning,
                disk.Disk,
                text,
                "a member that restarts writes a snapshot and a new append-only base beside the old one",
                "free some, or take fewer members at once: --max-parallel"
            );
    }

    private static long Used(Observation observation, string member) =>
        observation.ViewOf(member)?.Report?.Server.UsedMemory ?? 0;
}
