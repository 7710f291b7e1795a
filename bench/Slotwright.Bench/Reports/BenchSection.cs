namespace Slotwright.Bench.Reports;

/// <summary>A further table of a report.</summary>
/// <param name="What">What was measured and how, in Markdown.</param>
/// <param name="Remarks">How to read the table, in Markdown; may be empty.</param>
internal sealed record BenchSection(string Title, string What, Table Table, string Remarks)
{
    public string ToMarkdown() =>
        $"""

            ## {Title}

            {What}

            {Table}
            {Remarks}

            """;
}
