using System.Collections.Immutable;

namespace Slotwright.Core.Charts;

/// <summary>Draws marks over a picture: what they mean stands in their titles and beside the picture.</summary>
internal static class Marking
{
    private const string Colour = "#7a2f8a";

    public static void Draw(Svg svg, TimeAxis axis, ImmutableArray<ChartMark> marks, double top, double bottom)
    {
        foreach (var mark in marks)
        {
            var x = axis.At(mark.At);
            svg.Line(x, top, x, bottom, Colour, "stroke-dasharray=\"4 3\"");
            svg.Text(x, top - 3, mark.Label, "text-anchor=\"middle\" font-size=\"11\"", Colour);
        }
    }
}
