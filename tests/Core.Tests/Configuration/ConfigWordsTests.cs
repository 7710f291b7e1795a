using Slotwright.Core.Configuration;

namespace Slotwright.Core.Tests.Configuration;

public sealed class ConfigWordsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("plain", new[] { "plain" })]
    [InlineData("900  1\t300 10", new[] { "900", "1", "300", "10" })]
    [InlineData("\"\"", new[] { "" })]
    [InlineData("\"a folder\" b", new[] { "a folder", "b" })]
    [InlineData(@"""\x41\n\""\\\q"" c", new[] { "A\n\"\\q", "c" })]
    [InlineData(@"'it\'s \n'", new[] { @"it's \n" })]
    [InlineData(@"back\slash$#é", new[] { @"back\slash$#é" })]
    [InlineData(@"""\xc3\xa9""", new[] { "é" })]
    public void Words_are_what_the_server_takes_them_for(string arguments, string[] words) =>
        Assert.Equal(words, ConfigWords.Split(arguments)!.Value);

    [Theory]
    [InlineData("\"open")]
    [InlineData("'open")]
    [InlineData("\"a\"b")]
    [InlineData(@"""\xff""")]
    public void What_the_server_refuses_is_none(string arguments) => Assert.Null(ConfigWords.Split(arguments));
}
