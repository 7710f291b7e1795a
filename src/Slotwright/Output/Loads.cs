using System.Globalization;
using Slotwright.Core.Loads;

namespace Slotwright.Output;

/// <summary>Loads for people.</summary>
internal static class Loads
{
    /// <summary>As the heading of a column.</summary>
    public static string Name(LoadMeasure by) =>
        by switch
        {
            LoadMeasure.Slots => "SLOTS",
            LoadMeasure.Keys => "KEYS",
            LoadMeasure.Memory => "MEMORY",
            LoadMeasure.Cpu => "CPU",
            _ => "NETWORK",
        };

    public static string Of(double load, LoadMeasure by) =>
        by switch
        {
            LoadMeasure.Memory => Sizes.Of((long)load),
            LoadMeasure.Cpu => Cpu(load),
            LoadMeasure.Network => Network(load),
            _ => load.ToString("0", CultureInfo.InvariantCulture),
        };

    /// <param name="microseconds">Of each second: 1,000,000 are a main thread that does nothing else.</param>
    public static string Cpu(double microseconds) =>
        microseconds is > 0 and < 10
            ? "<0.001%"
            : string.Create(CultureInfo.InvariantCulture, $"{microseconds / 10_000:0.###}%");

    /// <param name="bytes">A second.</param>
    public static string Network(double bytes) => $"{Sizes.Of((long)bytes)}/s";
}
