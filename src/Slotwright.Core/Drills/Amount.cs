using System.Globalization;

namespace Slotwright.Core.Drills;

/// <summary>Counts and durations as they stand in a sentence.</summary>
internal static class Amount
{
    public static string Of(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>To the microsecond below a millisecond, to the millisecond below ten seconds, else to a tenth of a second.</summary>
    public static string Of(TimeSpan time) =>
        time < TimeSpan.FromMilliseconds(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:0}us")
        : time < TimeSpan.FromSeconds(10) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0}s");
}
