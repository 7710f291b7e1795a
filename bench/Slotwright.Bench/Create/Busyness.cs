using System.Globalization;

namespace Slotwright.Bench.Create;

/// <summary>How much of the machine's processors is at work, whoever works: read from /proc/stat.</summary>
internal static class Busyness
{
    /// <summary>While the time passes.</summary>
    /// <returns>0 to 1.</returns>
    public static async Task<double> DuringAsync(TimeSpan time, CancellationToken ct)
    {
        var before = Read();
        await Task.Delay(time, ct);
        var after = Read();
        return 1 - ((double)(after.Idle - before.Idle) / Math.Max(1, after.All - before.All));
    }

    /// <summary>Ticks since the boot; waiting for a disk is idle too.</summary>
    private static (long All, long Idle) Read()
    {
        var ticks = File.ReadLines("/proc/stat")
            .First()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9]
            .Select(t => long.Parse(t, CultureInfo.InvariantCulture))
            .ToArray();
        return (ticks.Sum(), ticks[3] + ticks[4]);
    }
}
