using System.Globalization;

namespace Slotwright.Bench.Reports;

/// <summary>What runs came to, in one figure, and how it is written.</summary>
internal static class Figures
{
    /// <summary>The middle one; of an even number, the greater of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
