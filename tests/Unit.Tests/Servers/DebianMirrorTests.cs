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
    // Lists that were downloaded tell Debian's own archive from others, whatever the address.
    [InlineData(
        "https://docker.example/linux/debian/|Docker|Docker CE|stable\nhttps://proxy.example/deb/|Debian|Debian|main\n",
        "https://proxy.example/deb/"
    )]
    [InlineData("https://other.example/debian/|Other|Other|main\n", null)]
    // Before the first update apt knows only the address.
    [InlineData(
        "http://mirror.example/debian-security/|$(ORIGIN)|$(LABEL)|main\nhttp://mirror.example/debian/|$(ORIGIN)|$(LABEL)|main\n",
        "http://mirror.example/debian/"
    )]
    [InlineData("http://mirror.example/debian/|||main\n", "http://mirror.example/debian/")]
    [InlineData(
        "mirror+file:/etc/apt/mirrors/debian-security.list/|||main\nmirror+file:/etc/apt/mirrors/debian.list/|||main\n",
        "mirror+file:/etc/apt/mirrors/debian.list/"
    )]
    [InlineData("https://docker.example/linux/debian/|||stable\n", null)]
    [InlineData("http://archive.example/ubuntu/|Ubuntu|Ubuntu|main\n", null)]
    [InlineData("http://archive.example/debian/|Debian|Debian|contrib\n", null)]
    [InlineData("", null)]
    [InlineData("rubbish", null)]
    public void Debians_own_archive_is_chosen_among_the_sources(string targets, string? expected) =>
        Assert.Equal(expected, DebianMirror.Choose(targets));
}
