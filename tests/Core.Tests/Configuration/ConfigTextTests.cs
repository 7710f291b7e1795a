using Slotwright.Core.Configuration;

namespace Slotwright.Core.Tests.Configuration;

public sealed class ConfigTextTests
{
    [Fact]
    public void Comments_and_empty_lines_are_left_out_and_the_rest_keeps_its_order()
    {
        Assert.Equal(
            ["save 900 1", "save 300 10", "maxmemory 1gb"],
            Parse("# a comment\n\n  save 900 1\n\tsave 300 10  \r\n   # another\nmaxmemory 1gb")
        );
    }

    [Theory]
    [InlineData("rename-command FLUSHALL \"\"", "rename-command FLUSHALL \"\"")]
    [InlineData("requirepass \"with # and \\\" and  two blanks\"", "requirepass \"with # and \\\" and  two blanks\"")]
    [InlineData("user alice on +@all ~* >'p w'", "user alice on +@all ~* >'p w'")]
    [InlineData("save ''", "save ''")]
    [InlineData("logfile \"unbalanced", "logfile \"unbalanced")]
    public void Quotes_stay_as_they_were_written(string line, string expected) => Assert.Equal([expected], Parse(line));

    [Theory]
    [InlineData("MaxMemory 1gb", "maxmemory 1gb")]
    [InlineData("\"maxmemory\" 1gb", "maxmemory 1gb")]
    [InlineData("'maxmemory'\t1gb", "maxmemory 1gb")]
    [InlineData("search.threads 4", "search.threads 4")]
    [InlineData("appendonly", "appendonly")]
    public void A_name_is_lower_case_and_without_quotes(string line, string expected) =>
        Assert.Equal([expected], Parse(line));

    private static string[] Parse(string text) => [.. ConfigText.Parse(text).Select(line => line.ToString())];
}
