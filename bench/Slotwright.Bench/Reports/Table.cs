using System.Collections.Immutable;
using System.Text;

namespace Slotwright.Bench.Reports;

/// <summary>A Markdown table with its columns aligned, so that it reads as well in a terminal; numbers to the right.</summary>
internal sealed record Table(ImmutableArray<string> Head, ImmutableArray<ImmutableArray<string>> Rows)
{
    public override string ToString()
    {
        var widths = Head.Select((h, c) => Math.Max(3, Rows.Select(r => r[c].Length).Append(h.Length).Max())).ToArray();
        var text = new StringBuilder();
        Line(text, Head.Select((h, c) => Pad(h, c)));
        Line(text, Head.Select((_, c) => c == 0 ? new string('-', widths[c]) : new string('-', widths[c] - 1) + ":"));
        foreach (var row in Rows)
        {
            Line(text, row.Select((cell, c) => Pad(cell, c)));
        }
        return text.ToString();

        string Pad(string cell, int column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]);
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
}
