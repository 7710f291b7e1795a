using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

public sealed class AptWordsTests
{
    [Fact]
    public void Errors_come_once_without_prefix_and_before_warnings()
    {
        const string Text = """
            Err:1 http://mirror.example/debian sid InRelease
              Temporary failure resolving 'mirror.example'
            W: Failed to fetch http://mirror.example/debian/dists/sid/InRelease  Temporary failure resolving 'mirror.example'
            E: Unable to fetch some archives
            E: Unable to fetch some archives
            E: Some index files failed to download. They have been ignored, or old ones used instead.
            """;

        Assert.Equal(
            "Unable to fetch some archives; Failed to fetch http://mirror.example/debian/dists/sid/InRelease  "
                + "Temporary failure resolving 'mirror.example'",
            AptWords.Shorten(Text)
        );
    }

    [Theory]
    [InlineData("", "it said nothing")]
    [InlineData("one\nlast words\n", "last words")]
    public void Without_errors_the_last_line_is_taken(string text, string expected) =>
        Assert.Equal(expected, AptWords.Shorten(text));

    [Fact]
    public void A_long_error_is_cut() => Assert.Equal(303, AptWords.Shorten("E: " + new string('x', 1000)).Length);

    [Theory]
    [InlineData("E: Failed to fetch ... Could not connect to mirror.example:80", "network, proxy, sources")]
    [InlineData("E: The repository 'http://m sid Release' does not have a Release file.", "another mirror")]
    [InlineData("E: The following signatures couldn't be verified: NO_PUBKEY 6ED0E7B8", "debian-archive-keyring")]
    [InlineData("E: Release file for http://m is expired (invalid since 3d).", "clock")]
    public void Every_failure_has_its_remedy(string text, string remedy)
    {
        var e = AptWords.ToFailure("fetching it", "apt-get update", text, "/cache");

        Assert.StartsWith("fetching it failed: ", e.Message, StringComparison.Ordinal);
        Assert.Equal("apt-get update", e.Command);
        Assert.Contains(remedy, e.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("E: Error writing to file - write (28: No space left on device)")]
    [InlineData("tar: ./lib: Cannot write: No space left on device\ndpkg-deb: error: tar subprocess returned error")]
    [InlineData("E: You don't have enough free space in /var/cache/apt/archives/.")]
    public void A_full_disk_is_called_so(string text)
    {
        var e = AptWords.ToFailure("fetching it", "apt-get update", text, "/cache");

        Assert.Equal("fetching it failed: the disk that has /cache is full", e.Message);
        Assert.Contains("SLOTWRIGHT_CACHE", e.Next, StringComparison.Ordinal);
    }
}
