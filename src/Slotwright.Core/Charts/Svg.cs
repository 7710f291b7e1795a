using System.Globalization;
using System.Security;
using System.Text;

namespace Slotwright.Core.Charts;

/// <summary>Writes one SVG document that needs nothing from outside: a white sheet with a title, and shapes on it.</summary>
internal sealed class Svg(int width)
{
    public const string Ink = "#222222";
    public const string Faint = "#888888";
    public const string Grid = "#e4e4e4";

    private readonly StringBuilder _body = new();

    public void Rect(double x, double y, double width, double height, string fill, string title = "")
    {
        var shape = $"<rect x=\"{Of(x)}\" y=\"{Of(y)}\" width=\"{Of(width)}\" height=\"{Of(height)}\" fill=\"{fill}\"";
        _body.AppendLine(
            title.Length == 0 ? $"{shape}/>" : $"{shape}><title>{SecurityElement.Escape(title)}</title></rect>"
        );
    }

    public void Line(double x1, double y1, double x2, double y2, string stroke, string attributes = "") =>
        _body.AppendLine(
            $"<line x1=\"{Of(x1)}\" y1=\"{Of(y1)}\" x2=\"{Of(x2)}\" y2=\"{Of(y2)}\" stroke=\"{stroke}\"{Space(attributes)}/>"
        );

    public void Text(double x, double y, string text, string attributes = "", string fill = Ink) =>
        _body.AppendLine(
            $"<text x=\"{Of(x)}\" y=\"{Of(y)}\" fill=\"{fill}\"{Space(attributes)}>{SecurityElement.Escape(text)}</text>"
        );

    /// <param name="points">x and y of each.</param>
    public void Polyline(IEnumerable<(double X, double Y)> points, string stroke) =>
        _body.AppendLine(
            $"<polyline points=\"{string.Join(' ', points.Select(p => $"{Of(p.X)},{Of(p.Y)}"))}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"1.5\"/>"
        );

    /// <summary>The whole document.</summary>
    /// <param name="height">Of all that was drawn.</param>
    public string Close(string title, double height)
    {
        var (w, h) = (Of(width), Of(height));
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" font-family="sans-serif" font-size="12" role="img">
            <title>{SecurityElement.Escape(title)}</title>
            <rect width="{w}" height="{h}" fill="#ffffff"/>
            <text x="12" y="24" fill="{Ink}" font-size="15" font-weight="bold">{SecurityElement.Escape(title)}</text>
            {_body.ToString().ReplaceLineEndings("\n")}</svg>

            """;
    }

    private static string Of(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Space(string attributes) => attributes.Length > 0 ? " " + attributes : "";
}
