using System.Text.RegularExpressions;

namespace Slotwright.Unit.Tests.Docs;

/// <summary>The samples that a page shows are the files that a test runs.</summary>
public sealed partial class SampleBlockTests
{
    [Fact]
    public void The_samples_in_clients_md_are_the_files_that_are_run()
    {
        var blocks = Block()
            .Matches(Repository.Read("docs/clients.md"))
            .ToDictionary(m => m.Groups["path"].Value, m => m.Groups["text"].Value, StringComparer.Ordinal);
        Assert.Equal(["samples/node/sample.js", "samples/python/sample.py"], blocks.Keys.Order(StringComparer.Ordinal));
        Assert.All(blocks, b => Assert.Equal(Repository.Read($"docs/{b.Key}"), b.Value));
    }

    [GeneratedRegex(
        @"^<!-- sample: (?<path>\S+) -->\n```\w+\n(?<text>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Block();
}
