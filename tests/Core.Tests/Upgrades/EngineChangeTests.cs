using Slotwright.Core.Upgrades;

namespace Slotwright.Core.Tests.Upgrades;

public sealed class EngineChangeTests
{
    [Theory]
    [InlineData("9.1.0", "9.1.0")]
    [InlineData("9.1.0-bookworm", "9.1.0")]
    [InlineData("9.1", "9.1")]
    [InlineData("8", "8")]
    [InlineData("v8.1.1@sha256:0000", "8.1.1")]
    [InlineData("latest", null)]
    [InlineData("", null)]
    [InlineData("@sha256:99", null)]
    [InlineData("1.4.2", null)] // of a company's own image
    [InlineData("2025.1.3", null)]
    [InlineData("9.1.0.4", null)]
    [InlineData("9f3c", null)]
    [InlineData("99999999999", null)]
    public void A_tag_says_a_version_or_not(string tag, string? expected) =>
        Assert.Equal(expected, EngineTag.Parse(tag)?.ToString());

    [Theory]
    [InlineData("9.0.4", "9.0.2", true)] // a patch
    [InlineData("9.0.1", "9.0.2", true)]
    [InlineData("9.1.0", "9.0.2", false)]
    [InlineData("9.0.2", "9.1.1", false)]
    [InlineData("9.0.2", "8.1.1", false)]
    [InlineData("9.0.2", "8.1.1 9.0.2", false)] // half done
    [InlineData("9.0.2", "", true)]
    public void Without_a_tag_the_engine_changes_by_a_patch_at_most(string chart, string running, bool expected)
    {
        var verdict = Change(chart, isTagSet: false, running).Judge();
        Assert.Equal(expected, verdict.IsFine);
        Assert.Equal(expected, verdict.Remedy.Length == 0);
    }

    [Theory]
    [InlineData("9.1.1", "8.1.1", true)]
    [InlineData("8.1.1", "9.1.1", false)]
    [InlineData("8.1.1", "8.1.1 9.1.1", false)]
    [InlineData("8", "9.0.2", false)]
    [InlineData("9", "9.1.1", true)]
    [InlineData("9.0.2", "9.1.1", true)] // the same format
    [InlineData("8.0.1", "8.1.1", true)]
    [InlineData("latest", "9.1.1", true)]
    public void With_a_tag_it_changes_as_far_as_the_files_survive(string tag, string running, bool expected) =>
        Assert.Equal(expected, Change(tag, isTagSet: true, running).Judge().IsFine);

    [Fact]
    public void Without_files_nothing_has_to_be_read() =>
        Assert.True((Change("8.1.1", isTagSet: true, "9.1.1") with { Keeps = false }).Judge().IsFine);

    [Fact]
    public void A_refusal_names_both_versions_the_value_and_both_ways()
    {
        var verdict = Change("9.1.0", isTagSet: false, "9.0.2").Judge();
        Assert.Equal(
            "the release runs Valkey 9.0.2, and this upgrade would bring 9.1.0, the chart's own version, since image.tag is not set",
            verdict.Why
        );
        Assert.Equal("image.tag: 9.0.2 to stay, image.tag: 9.1.0 to go", verdict.Remedy);
    }

    private static EngineChange Change(string tag, bool isTagSet, string running) =>
        new(
            tag,
            isTagSet,
            Keeps: true,
            [.. running.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Version.Parse)]
        );
}
