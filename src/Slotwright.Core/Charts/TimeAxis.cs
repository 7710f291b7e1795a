using System.Globalization;

namespace Slotwright.Core.Charts;

/// <summary>The time that a picture shows, from left to right.</summary>
/// <param name="Left">Where 0 is.</param>
/// <param name="Width">As wide as all of the time.</param>
/// <param name="Length">Above zero.</param>
internal readonly record struct TimeAxis(int Left, int Width, TimeSpan Length)
{
    private const int MostTicks = 12;

    private static readonly double[] Steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200];

    public double At(TimeSpan time) => Left + (Width * Math.Clamp(time / Length, 0, 1));

    /// <summary>A faint line and a number for each tick.</summary>
    public void Draw(Svg svg, double top, double bottom)
    {
        var seconds = Length.TotalSeconds;
        var step = Steps.FirstOrDefault(s => seconds / s <= MostTicks, Steps[^1]);
        for (var i = 0; i * step <= seconds; i++)
        {
            var x = At(TimeSpan.FromSeconds(i * step));
            svg.Line(x, top, x, bottom, Svg.Grid);
            svg.Text(
                x,
                bottom + 15,
                string.Create(CultureInfo.InvariantCulture, $"{i * step:0.#} s"),
                "text-anchor=\"middle\" font-size=\"11\"",
                Svg.Faint
            );
        }
    }
}
