using System.Text;

namespace Slotwright.Output;

/// <summary>Rows as plain text in columns of equal width; nothing is cut or wrapped, so that it can be searched.</summary>
internal static class Columns
{
    private const string Gap = "  ";

    public static void Print(TextWriter output, string[] headings, IEnumerable<string[]> rows)
    {
        string[][] all = [headings, .. rows];
        var widths = headings.Select((_, column) => all.Max(row => Width(row[column]))).ToArray();
        foreach (var row in all)
        {
            var cells = row.Select((cell, column) => cell + new string(' ', widths[column] - Width(cell)));
            output.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }

    private static int Width(string cell) => cell.EnumerateRunes().Count();

    /// <summary>What somebody wrote, without what a terminal would obey.</summary>
    public static string Plain(string text) =>
        string.Concat(text.EnumerateRunes().Select(r => Rune.IsControl(r) ? $"\\x{r.Value:x2}" : r.ToString()));
}
