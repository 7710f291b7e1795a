using System.Collections.Immutable;
using System.Globalization;

namespace Slotwright.Core.Charts;

/// <summary>A picture of horizontal bars, in groups and colours, as one SVG document without anything from outside.</summary>
/// <param name="Unit">Unit of the values, written behind each.</param>
/// <param name="Series">Names of the bars within a group; a legend is drawn where there are two or more.</param>
public sealed record BarChart(string Title, string Unit, ImmutableArray<string> Series, ImmutableArray<BarGroup> Groups)
{
    private const int Width = 760;
    private const int LabelWidth = 250;
    private const int BarWidth = 380;
    private const int BarHeight = 18;
    private const int Gap = 14;
    private const int Top = 44;

    private static readonly ImmutableArray<string> Colours = ["#2f6fb0", "#d9822b", "#5f9e5f", "#8a6fb0"];

    public string ToSvg()
    {
        var most = Groups.SelectMany(g => g.Values).DefaultIfEmpty().Max();
        var scale = most > 0 ? BarWidth / most : 0;
        var svg = new Svg(Width);
        var y = Top;
        if (Series.Length > 1)
        {
            Legend(svg, y);
            y += BarHeight + Gap;
        }
        foreach (var group in Groups)
        {
            var middle = y + (BarHeight * Series.Length / 2) + 4;
            svg.Text(LabelWidth - 8, middle, group.Label, "text-anchor=\"end\"");
            for (var i = 0; i < Series.Length; i++, y += BarHeight)
            {
                if (group.Values[i] >= 0)
                {
                    Bar(svg, y, group.Values[i], group.Values[i] * scale, Colours[i % Colours.Length]);
                }
            }
            y += Gap;
        }
        return svg.Close(Title, y);
    }

    private void Legend(Svg svg, int y)
    {
        var x = LabelWidth;
        for (var i = 0; i < Series.Length; i++)
        {
            svg.Rect(x, y, 12, 12, Colours[i % Colours.Length]);
            svg.Text(x + 18, y + 11, Series[i]);
            x += 40 + (Series[i].Length * 7);
        }
    }

    private void Bar(Svg svg, int y, double value, double length, string colour)
    {
        svg.Rect(LabelWidth, y + 2, Math.Max(1, length), BarHeight - 4, colour);
        svg.Text(LabelWidth + (int)length + 6, y + 13, $"{Short(value)} {Unit}");
    }

    /// <summary>Three figures are what a picture can show.</summary>
    private static string Short(double value) =>
        value.ToString(
            value >= 100 ? "#,0"
                : value >= 10 ? "0.0"
                : "0.00",
            CultureInfo.InvariantCulture
        );
}
