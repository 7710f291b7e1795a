using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

public sealed class DebianPackageTests
{
    [Fact]
    public void A_simulated_install_names_its_packages()
    {
        const string Output = """
            NOTE: This is only a simulation!
            The following NEW packages will be installed:
              gcc-16-base libc6 valkey-tools
            Inst gcc-16-base (16.2.0-4 Debian:unstable [amd64])
            Inst libgcc-s1 (16.2.0-4 Debian:unstable [amd64]) []
            Inst zlib1g (1:1.3.dfsg+really1.3.2-4 Debian:unstable [amd64])
            Conf zlib1g (1:1.3.dfsg+really1.3.2-4 Debian:unstable [amd64])
            Inst valkey-tools (9.1.2-1 Debian:unstable [amd64])
            """;

        var packages = DebianPackage.FromSimulation(Output).ToList();

        Assert.Equal(
            [
                new DebianPackage("gcc-16-base", "16.2.0-4"),
                new DebianPackage("libgcc-s1", "16.2.0-4"),
                new DebianPackage("zlib1g", "1:1.3.dfsg+really1.3.2-4"),
                new DebianPackage("valkey-tools", "9.1.2-1"),
            ],
            packages
        );
        Assert.Equal("libgcc-s1 zlib1g", string.Join(' ', packages.Where(p => p.HoldsLibraries).Select(p => p.Name)));
    }

    [Theory]
    [InlineData("9.1.2-1", "9.1.2")]
    [InlineData("8.1.1+dfsg1-3+deb13u3", "8.1.1")]
    [InlineData("8.0.1+dfsg1-1~bpo12+1", "8.0.1")]
    [InlineData("2:9.1.0~rc1-1", "9.1.0")]
    [InlineData("snapshot", null)]
    public void The_upstream_version_stands_before_Debians_part(string version, string? upstream) =>
        Assert.Equal(upstream, new DebianPackage("valkey-tools", version).Upstream?.ToString());
}
