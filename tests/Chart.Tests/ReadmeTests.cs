using System.Text;
using Slotwright.Chart.Tests.Support;

namespace Slotwright.Chart.Tests;

/// <summary>The chart's README has a table of all values, made from values.yaml and the schema.</summary>
public sealed class ReadmeTests
{
    private const string Begin = "<!-- values: made by tests/Chart.Tests -->\n";
    private const string End = "<!-- end of values -->\n";

    [Fact]
    public void The_table_of_values_is_what_values_and_schema_say()
    {
        var readme = ChartFolder.Read("README.md");
        var before = readme[..(readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)];
        var after = readme[readme.IndexOf(End, StringComparison.Ordinal)..];
        Golden.Check(ChartFolder.Of("README.md"), before + Table() + after);
    }

    [Fact]
    public void Every_value_is_described_in_a_sentence() =>
        Assert.All(
            ValuesFile.Read().Where(v => ValuesSchema.IsLeaf(v.Path)),
            v => Assert.Matches(@"^[^ ].*[.]$", v.Description)
        );

    [Fact]
    public void Values_and_schema_have_the_same_keys()
    {
        string[] withoutDefault = ["alerts", "backup", "enabled", "externalAccess", "global", "restore", "tls"];
        Assert.Equal(
            ValuesSchema.Paths().Except(withoutDefault).Order(StringComparer.Ordinal),
            ValuesFile.Read().Select(v => v.Path).Where(ValuesSchema.IsKnown).Order(StringComparer.Ordinal)
        );
        Assert.All(
            ValuesFile.Read(),
            v => Assert.True(ValuesSchema.IsKnown(v.Path) || ValuesSchema.IsInOpen(v.Path), v.Path)
        );
    }

    [Fact]
    public void The_schema_is_strict()
    {
        Assert.Equal("http://json-schema.org/draft-07/schema#", ValuesSchema.Draft);
        Assert.Empty(ValuesSchema.OpenObjectsWithProperties());
    }

    private static string Table()
    {
        var text = new StringBuilder();
        foreach (var section in ValuesFile.Read().Where(v => ValuesSchema.IsLeaf(v.Path)).GroupBy(v => v.Section))
        {
            text.Append($"\n### {section.Key}\n\n| key | type | default | |\n|---|---|---|---|\n");
            foreach (var value in section)
            {
                var type = ValuesSchema.TypeOf(value.Path).Replace("|", "\\|");
                text.Append(
                    $"| `{value.Path}` | {type} | {value.Default} | {value.Description.Replace("|", "\\|")} |\n"
                );
            }
        }
        return text.Append('\n').ToString();
    }
}
