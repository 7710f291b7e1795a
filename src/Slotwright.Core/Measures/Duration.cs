using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Slotwright.Core.Measures;

/// <summary>How durations are written: a number and its unit, 500ms, 5s, 1.5s, 2m, 1h, 7d.</summary>
public static class Duration
{
    /// <summary>Ten years: longer ones are taken for a slip.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Takes what is written as above, 0 to <see cref="Longest"/>; only 0 may go without a unit.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is "0")
        {
            return true;
        }
        var digits = text.AsSpan().IndexOfAnyExcept(Digits);
        if (
            digits < 1
            || !decimal.TryParse(
                text.AsSpan(0, digits),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            return false;
        }
        var unit = text![digits..];
        var (_, length) = Array.Find(Units, u => u.Unit == unit);
        if (length == default || number > Longest.Ticks / (decimal)length.Ticks)
        {
            return false;
        }
        duration = TimeSpan.FromTicks((long)(number * length.Ticks));
        return true;
    }

    /// <summary>In the largest unit that divides it: 1500ms, 90s, 2m.</summary>
    public static string Format(TimeSpan duration)
    {
        var (unit, length) = Array.FindLast(Units, u => duration.Ticks % u.Length.Ticks == 0)
            is { Unit: not null } whole
            ? whole
            : Units[duration < Units[1].Length ? 0 : 1];
        if (duration == TimeSpan.Zero)
        {
            (unit, length) = Units[1];
        }
        return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / (decimal)length.Ticks:0.#######}{unit}");
    }
}
