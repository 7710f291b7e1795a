using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

public sealed class WantedVersionTests
{
    [Theory]
    [InlineData("9.1", "9.1.0", true)]
    [InlineData("9.1", "9.1.17", true)]
    [InlineData("9.1", "9.10.1", false)]
    [InlineData("9.1", "8.1.1", false)]
    [InlineData("9.1.2", "9.1.2", true)]
    [InlineData("9.1.2", "9.1.3", false)]
    [InlineData("9.1.0", "9.1.0", true)]
    public void A_version_matches_as_far_as_it_is_written(string wanted, string version, bool matches)
    {
        Assert.True(WantedVersion.TryParse(wanted, out var parsed));
        Assert.Equal(matches, parsed.Matches(Version.Parse(version)));
        Assert.Equal(wanted, parsed.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("9")]
    [InlineData("9.")]
    [InlineData(".9")]
    [InlineData("9.1.")]
    [InlineData("9.1.2.3")]
    [InlineData("-9.1")]
    [InlineData("+9.1")]
    [InlineData(" 9.1")]
    [InlineData("v9.1")]
    [InlineData("9.x")]
    [InlineData("99999999999.1")]
    [InlineData("9.1/bin")]
    public void Rubbish_is_no_version(string? text) => Assert.False(WantedVersion.TryParse(text, out _));
}
