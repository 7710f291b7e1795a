using System.Globalization;

namespace Slotwright.Output;

/// <summary>Short times for people, in three digits: 0.42ms, 17.1ms, 2.31s.</summary>
internal static class Latencies
{
    public static string Of(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) ? Digits(time.TotalMilliseconds) + "ms" : Digits(time.TotalSeconds) + "s";

    private static string Digits(double value) =>
        value.ToString(
            value < 10 ? "0.00"
                : value < 100 ? "0.0"
                : "0",
            CultureInfo.InvariantCulture
        );
}
