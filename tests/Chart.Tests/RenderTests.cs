using Slotwright.Chart.Tests.Support;

namespace Slotwright.Chart.Tests;

/// <summary>What helm makes of the chart is what is committed, whichever helm it is.</summary>
public sealed class RenderTests
{
    public static TheoryData<string> Cases => ChartCase.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_case_renders_as_committed(string name)
    {
        var golden = ChartCase.Of(name);
        Golden.Check(golden.GoldenManifests, await golden.RenderAsync(TestHelm.Four));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Both_helms_render_a_case_in_the_same_way(string name) =>
        Assert.Equal(
            await ChartCase.Of(name).RenderAsync(TestHelm.Four),
            await ChartCase.Of(name).RenderAsync(TestHelm.Three)
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_notes_of_a_case_are_as_committed(string name)
    {
        var notes = await ChartCase.Of(name).NotesAsync(TestHelm.Four);
        Golden.Check(ChartCase.Of(name).GoldenNotes, notes);
        Assert.Equal(notes, await ChartCase.Of(name).NotesAsync(TestHelm.Three));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Lint_finds_nothing_in_a_case(string name)
    {
        foreach (var helm in TestHelm.All)
        {
            var options = ChartCase.Of(name).Options.TakeWhile(o => o != "--api-versions");
            var run = await helm.RunAsync(["lint", "--strict", ChartFolder.Chart, .. options]);
            Assert.Contains("1 chart(s) linted, 0 chart(s) failed", run.Checked());
            Assert.DoesNotContain("WARNING", run.Output);
        }
    }

    [Fact]
    public void Every_committed_text_belongs_to_a_case() =>
        Assert.Equal(
            ChartCase.All.SelectMany(c => new[] { c.GoldenManifests, c.GoldenNotes }).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(ChartFolder.Of("rendered")).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void No_template_asks_for_what_differs_from_one_render_to_the_next()
    {
        foreach (var file in Directory.EnumerateFiles(ChartFolder.Of("templates"), "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotMatch(@"\b(lookup|rand\w+|now|genCA\w*|genSelf\w*|uuidv4|genPrivateKey)\b ", Code(file));
        }
    }

    /// <summary>What stands in braces and is no comment.</summary>
    private static string Code(string file) =>
        string.Join(
            '\n',
            File.ReadAllText(file).Split("{{").Skip(1).Select(p => p.Split("}}")[0]).Where(p => !p.Contains("/*"))
        );
}
