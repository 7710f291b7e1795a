using System.Collections.Immutable;
using System.Globalization;

namespace Slotwright.Core.Charts;

/// <summary>Values over time, as one SVG document without anything from outside.</summary>
/// <param name="Unit">Written behind the values of the axis.</param>
/// <param name="Top">The value of the upper edge; null for the largest that occurs.</param>
/// <param name="IsLogarithmic">Each power of ten is as high as the next; values from a hundredth of the unit.</param>
/// <param name="Marks">Moments to mark.</param>
public sealed record LineChart(
    string Title,
    string Unit,
    TimeSpan Length,
    double? Top,
    bool IsLogarithmic,
    ImmutableArray<ChartLine> Lines,
    ImmutableArray<ChartMark> Marks
)
{
    private const int Width = 900;
    private const int Left = 76;
    private const int Right = 16;
    private const int Above = 52;
    private const int Height = 170;
    private const double Least = 0.01;

    private static readonly ImmutableArray<string> Colours = ["#2f6fb0", "#d9822b", "#b03a2f", "#5f9e5f"];

    public string ToSvg()
    {
        var svg = new Svg(Width);
        var axis = new TimeAxis(Left, Width - Left - Right, Length);
        var most = Top ?? Math.Max(Least * 10, Lines.SelectMany(l => l.Points).Max(p => (double?)Real(p.Value)) ?? 0);
        axis.Draw(svg, Above, Above + Height);
        foreach (var tick in Ticks(most))
        {
            var y = Y(tick, most);
            svg.Line(Left, y, Width - Right, y, Svg.Grid);
            svg.Text(Left - 6, y + 4, $"{Short(tick)} {Unit}", "text-anchor=\"end\" font-size=\"11\"", Svg.Faint);
        }
        Marking.Draw(svg, axis, Marks, Above, Above + Height);
        Legend(svg);
        for (var i = 0; i < Lines.Length; i++)
        {
            foreach (var run in Runs(Lines[i]))
            {
                svg.Polyline(run.Select(p => (axis.At(p.At), Y(p.Value, most))), Colours[i % Colours.Length]);
            }
        }
        return svg.Close(Title, Above + Height + 28);
    }

    private static double Real(double value) => double.IsNaN(value) ? 0 : value;

    private void Legend(Svg svg)
    {
        var x = Left;
        for (var i = 0; i < Lines.Length && Lines.Length > 1; i++)
        {
            svg.Rect(x, 34, 12, 4, Colours[i % Colours.Length]);
            svg.Text(x + 18, 41, Lines[i].Name, "font-size=\"11\"");
            x += 36 + (Lines[i].Name.Length * 7);
        }
    }

    /// <summary>A single point is drawn as a short line.</summary>
    private static IEnumerable<List<(TimeSpan At, double Value)>> Runs(ChartLine line)
    {
        var run = new List<(TimeSpan At, double Value)>();
        foreach (var point in line.Points)
        {
            if (!double.IsNaN(point.Value))
            {
                run.Add(point);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }
        if (run.Count > 0)
        {
            yield return run;
        }
    }

    private double Y(double value, double most)
    {
        var share = IsLogarithmic
            ? Math.Log10(Math.Max(value, Least) / Least) / Math.Log10(most / Least)
            : value / most;
        return Above + (Height * (1 - Math.Clamp(share, 0, 1)));
    }

    private IEnumerable<double> Ticks(double most)
    {
        if (!IsLogarithmic)
        {
            return Enumerable.Range(0, 5).Select(i => most * i / 4);
        }
        return Enumerable.Range(0, 12).Select(i => Least * Math.Pow(10, i)).TakeWhile(v => v <= most);
    }

    private static string Short(double value) =>
        value.ToString(value >= 10 ? "#,0" : "0.##", CultureInfo.InvariantCulture);
}
