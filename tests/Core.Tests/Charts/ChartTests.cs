using System.Xml.Linq;
using Slotwright.Core.Charts;

namespace Slotwright.Core.Tests.Charts;

public sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_line_is_broken_where_there_is_no_value_and_stays_within_the_picture()
    {
        var chart = Line(false, (S(0), 100), (S(1), 50), (S(2), double.NaN), (S(3), 0), (S(4), 1e9));

        var lines = Parse(chart.ToSvg()).Descendants(Svg + "polyline").ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(
            lines.SelectMany(l => ((string)l.Attribute("points")!).Split(' ')),
            p =>
                Assert.InRange(
                    double.Parse(p.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture),
                    52,
                    222
                )
        );
    }

    [Fact]
    public void A_chart_without_any_value_is_still_a_picture()
    {
        Assert.Empty(Parse(Line(true).ToSvg()).Descendants(Svg + "polyline"));
        Parse(Line(true, (S(0), double.NaN)).ToSvg());
        Parse(new LaneChart("none", S(1), [], [], []).ToSvg());
        Parse(new BarChart("none", "ms", ["a"], []).ToSvg());
    }

    [Fact]
    public void Names_from_outside_are_text_and_never_markup()
    {
        const string Name = "<script>&\"";
        var lane = new Lane(Name, Name, [new LaneSpan(S(0), S(1), "kind", Name)]);

        var svg = Parse(new LaneChart(Name, S(1), [("kind", "#fff")], [lane], [new ChartMark(S(0), Name)]).ToSvg());

        Assert.Empty(svg.Descendants(Svg + "script"));
        Assert.Equal(
            3,
            svg.Descendants(Svg + "text").Count(t => t.Value == Name && t.Attribute("font-weight") is null)
        );
        Assert.Contains(svg.Descendants(Svg + "rect"), r => r.Element(Svg + "title")?.Value == Name);
    }

    [Fact]
    public void The_same_values_make_the_same_bytes()
    {
        Assert.Equal(Line(true, (S(0), 1), (S(1), 20)).ToSvg(), Line(true, (S(0), 1), (S(1), 20)).ToSvg());
    }

    private static LineChart Line(bool isLogarithmic, params (TimeSpan, double)[] points) =>
        new("title", "%", S(4), 100, isLogarithmic, [new ChartLine("a", [.. points])], []);

    private static XDocument Parse(string svg) => XDocument.Parse(svg);

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
