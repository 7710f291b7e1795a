using System.Globalization;

namespace Slotwright.Output;

/// <summary>Bytes for people: 512B, 1.5M, 12G.</summary>
internal static class Sizes
{
    private const string Units = "BKMGTP";

    public static string Of(long bytes)
    {
        double size = bytes;
        var unit = 0;
        while (size >= 1000 && unit < Units.Length - 1)
        {
            size /= 1024;
            unit++;
        }
        var format = size >= 10 || unit == 0 ? "0" : "0.0";
        return size.ToString(format, CultureInfo.InvariantCulture) + Units[unit];
    }
}
