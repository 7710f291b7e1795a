using System.Collections.Immutable;
using System.Globalization;
using System.Security;
using System.Text;

namespace Slotwright.Bench.Charts;

/// <summary>A picture of horizontal bars, in groups and colours, as one SVG document without anything from outside.</summary>
/// <param name="Unit">Unit of the values, written behind each.</param>
/// <param name="Series">Names of the bars within a group; a legend is drawn where there are two or more.</param>
internal sealed record BarChart(
    string Title,
    string Unit,
    ImmutableArray<string> Series,
    ImmutableArray<BarGroup> Groups
)
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
        var body = new StringBuilder();
        var y = Top;
        if (Series.Length > 1)
        {
            Legend(body, y);
            y += BarHeight + Gap;
        }
        foreach (var group in Groups)
        {
            var middle = y + (BarHeight * Series.Length / 2) + 4;
            Text(body, LabelWidth - 8, middle, group.Label, "text-anchor=\"end\"");
            for (var i = 0; i < Series.Length; i++, y += BarHeight)
            {
                if (group.Values[i] >= 0)
                {
                    Bar(body, y, group.Values[i], group.Values[i] * scale, Colours[i % Colours.Length]);
                }
            }
            y += Gap;
        }
        var head = new StringBuilder();
        head.AppendLine(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{y}\" viewBox=\"0 0 {Width} {y}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">"
        );
        head.AppendLine($"<title>{SecurityElement.Escape(Title)}</title>");
        head.AppendLine($"<rect width=\"{Width}\" height=\"{y}\" fill=\"#ffffff\"/>");
        Text(head, 12, 24, Title, "font-size=\"15\" font-weight=\"bold\"");
        return head.Append(body).AppendLine("</svg>").ToString();
    }

    private void Legend(StringBuilder svg, int y)
    {
        var x = LabelWidth;
        for (var i = 0; i < Series.Length; i++)
        {
            svg.AppendLine(
                $"<rect x=\"{x}\" y=\"{y}\" width=\"12\" height=\"12\" fill=\"{Colours[i % Colours.Length]}\"/>"
            );
            Text(svg, x + 18, y + 11, Series[i]);
            x += 40 + (Series[i].Length * 7);
        }
    }

    private void Bar(StringBuilder svg, int y, double value, double length, string colour)
    {
        var drawn = Math.Max(1, length).ToString("0.#", CultureInfo.InvariantCulture);
        svg.AppendLine(
            $"<rect x=\"{LabelWidth}\" y=\"{y + 2}\" width=\"{drawn}\" height=\"{BarHeight - 4}\" fill=\"{colour}\"/>"
        );
        Text(svg, LabelWidth + (int)length + 6, y + 13, $"{Short(value)} {Unit}");
    }

    /// <summary>Three figures are what a picture can show.</summary>
    private static string Short(double value) =>
        value.ToString(
            value >= 100 ? "#,0"
                : value >= 10 ? "0.0"
                : "0.00",
            CultureInfo.InvariantCulture
        );

    private static void Text(StringBuilder svg, int x, int y, string text, string attributes = "") =>
        svg.AppendLine(
            $"<text x=\"{x}\" y=\"{y}\" fill=\"#222222\"{(attributes.Length > 0 ? " " : "")}{attributes}>{SecurityElement.Escape(text)}</text>"
        );
}
