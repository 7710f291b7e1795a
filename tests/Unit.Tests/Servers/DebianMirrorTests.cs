using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

public sealed class DebianMirrorTests
{
    [Theory]
    // What apt prints on Debian 12; the security archive comes under an origin of the same name.
    [InlineData(
        "http://mirror.example/debian-security/|Debian|Debian-Security|main\nhttp://mirror.example/debian/|Debian|Debian|main\n",
        "http://mirror.example/debian/"
    )]
    [InlineData(
        "https://docker.example/linux/debian/|Docker|Docker CE|stable\nhttps://proxy.example/deb/|Debian|Debian|main\n",
        "https://proxy.example/deb/"
    )]
    [InlineData("https://other.example/debian/|Other|Other|main\n", null)]
    [InlineData("http://archive.example/ubuntu/|Ubuntu|Ubuntu|main\n", null)]
    [InlineData("http://mirror.example/debian/|Debian|Debian|contrib\n", null)]
    [InlineData("", null)]
    [InlineData("rubbish", null)]
    public void Debians_own_archive_is_known_by_what_it_says_of_itself(string targets, string? expected) =>
        Assert.Equal(expected, DebianMirror.Known(targets));

    [Theory]
    [InlineData(
        """
'http://mirror.example/debian-security/dists/bookworm-security/InRelease' mirror.example_InRelease 0
'http://mirror.example/debian/dists/bookworm/InRelease' mirror.example_debian_dists_bookworm_InRelease 0
'http://mirror.example/debian/dists/bookworm/main/binary-amd64/Packages.xz' mirror.example_Packages 0
""",
        "http://mirror.example/debian/"
    )]
    [InlineData(
        """
'https://docker.example/linux/debian/dists/bookworm/InRelease' docker.example_InRelease 0
'http://mirror.example/debian/dists/bookworm/InRelease' mirror.example_InRelease 0
""",
        "http://mirror.example/debian/"
    )]
    [InlineData(
        """
'mirror+file:/etc/apt/mirrors/debian-security.list/dists/bookworm-security/InRelease' x 0
'mirror+file:/etc/apt/mirrors/debian.list/dists/bookworm/InRelease' y 0
""",
        "mirror+file:/etc/apt/mirrors/debian.list/"
    )]
    [InlineData("'http://archive.example/ubuntu/dists/noble/InRelease' archive.example_InRelease 0", null)]
    [InlineData("", null)]
    public void Before_the_first_update_it_is_guessed_by_its_address(string uris, string? expected) =>
        Assert.Equal(expected, DebianMirror.Guess(uris));
}
