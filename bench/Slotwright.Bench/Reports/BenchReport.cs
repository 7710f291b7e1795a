using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Slotwright.Core.Charts;

namespace Slotwright.Bench.Reports;

/// <summary>What a benchmark leaves behind: NAME.md with its table, NAME.svg with its picture.</summary>
/// <param name="What">What was measured and how, in Markdown.</param>
/// <param name="Remarks">How to read the table, in Markdown.</param>
/// <param name="Last">The figure that counts, its unit, and how many runs.</param>
internal sealed record BenchReport(
    string Name,
    string Title,
    string What,
    Table Table,
    string Remarks,
    BarChart Chart,
    string Last
)
{
    public ImmutableArray<BenchSection> Sections { get; init; } = [];

    public void Publish(BenchOptions options)
    {
        Directory.CreateDirectory(options.Results);
        File.WriteAllText(Path.Combine(options.Results, $"{Name}.svg"), Chart.ToSvg());
        File.WriteAllText(Path.Combine(options.Results, $"{Name}.md"), ToMarkdown());
        Terminal.Print(Table.ToString());
        foreach (var section in Sections)
        {
            Terminal.Print(section.Table.ToString());
        }
        Terminal.Print($"{Name}: {Last}");
    }

    private string ToMarkdown() =>
        $"""
            # {Title}

            {What}

            Measured on {Environment.ProcessorCount} processors, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}, by `bench/{Name}`.

            {Table}
            ![{Chart.Title}]({Name}.svg)

            {Remarks}

            {Name}: {Last}
            {string.Concat(Sections.Select(s => s.ToMarkdown()))}
            """;
}
