using System.Collections.Immutable;

namespace Slotwright.Core.Charts;

/// <summary>What went on at the same time, a row each, as one SVG document without anything from outside.</summary>
/// <param name="Kinds">Each kind of span and its colour, in the order of the legend.</param>
public sealed record LaneChart(
    string Title,
    TimeSpan Length,
    ImmutableArray<(string Kind, string Colour)> Kinds,
    ImmutableArray<Lane> Lanes,
    ImmutableArray<ChartMark> Marks
)
{
    private const int Width = 900;
    private const int Left = 210;
    private const int Right = 16;
    private const int Above = 62;
    private const int RowHeight = 18;
    private const int GroupGap = 6;

    public string ToSvg()
    {
        var svg = new Svg(Width);
        var axis = new TimeAxis(Left, Width - Left - Right, Length);
        var colours = Kinds.ToDictionary(k => k.Kind, k => k.Colour, StringComparer.Ordinal);
        var rows = Rows().ToArray();
        var bottom = rows.Length == 0 ? Above : rows[^1].Y + RowHeight;
        axis.Draw(svg, Above, bottom);
        Legend(svg);
        var group = "";
        foreach (var (lane, y) in rows)
        {
            if (lane.Group != group)
            {
                svg.Text(12, y + 13, lane.Group, "font-size=\"11\"", Svg.Faint);
                group = lane.Group;
            }
            svg.Text(Left - 8, y + 13, lane.Label, "text-anchor=\"end\"");
            foreach (var span in lane.Spans)
            {
                var x = axis.At(span.From);
                svg.Rect(x, y + 3, Math.Max(1, axis.At(span.To) - x), RowHeight - 6, colours[span.Kind], span.Title);
            }
        }
        Marking.Draw(svg, axis, Marks, Above, bottom);
        return svg.Close(Title, bottom + 28);
    }

    private IEnumerable<(Lane Lane, int Y)> Rows()
    {
        var y = Above;
        for (var i = 0; i < Lanes.Length; i++)
        {
            y += i > 0 && Lanes[i].Group != Lanes[i - 1].Group ? GroupGap : 0;
            yield return (Lanes[i], y);
            y += RowHeight;
        }
    }

    private void Legend(Svg svg)
    {
        var x = Left;
        foreach (var (kind, colour) in Kinds)
        {
            svg.Rect(x, 34, 12, 12, colour);
            svg.Text(x + 18, 44, kind, "font-size=\"11\"");
            x += 36 + (kind.Length * 7);
        }
    }
}
