using System.Text;

namespace Slotwright.Output;

/// <summary>Rows as plain text in columns of equal width; nothing is cut or wrapped, so that it can be searched.</summary>
internal static class Columns
{
    private const string Gap = "  ";

    /// <summary>What is wider pushes its own row aside, and not all others.</summary>
    private const int Widest = 60;

    public static void Print(TextWriter output, string[] headings, IEnumerable<string[]> rows)
    {
        string[][] all = [headings, .. rows];
        var widths = headings
            .Select((_, column) => all.Select(row => Width(row[column])).Where(w => w <= Widest).Max())
            .ToArray();
        foreach (var row in all)
        {
            var cells = row.Select((cell, column) => cell + new string(' ', Math.Max(0, widths[column] - Width(cell))));
            output.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }

    private static int Width(string cell) => cell.EnumerateRunes().Count();

    /// <summary>What somebody wrote, without what a terminal would obey.</summary>
    public static string Plain(string text) =>
        string.Concat(text.EnumerateRunes().Select(r => Rune.IsControl(r) ? $"\\x{r.Value:x2}" : r.ToString()));
}
