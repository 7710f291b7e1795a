using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

public sealed class AptStateTests
{
    [Fact]
    public void Backports_come_with_their_base_suite_and_give_valkey_alone()
    {
        var release = DebianRelease.Of(new WantedVersion(8, 0, 1))!;

        Assert.Equal(
            """
            deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg arch=arm64 target=Packages] http://mirror.example/debian/ bookworm main
            deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg arch=arm64 target=Packages] http://mirror.example/debian/ bookworm-backports main

            """,
            AptState.Sources(release, "http://mirror.example/debian/", "arm64")
        );
        Assert.Equal(
            "Package: valkey-*\nPin: release n=bookworm-backports\nPin-Priority: 900\n",
            AptState.Preferences(release)
        );
    }

    [Theory]
    [InlineData("Dir::State \"/work\";")]
    [InlineData("Dir::State::status \"/work/status\";")]
    [InlineData("Dir::Cache \"/work\";")]
    [InlineData("Dir::Etc::sourceparts \"/work/none\";")]
    [InlineData("Dir::Log \"/work\";")]
    [InlineData("#clear APT::Update::Post-Invoke-Success;")]
    [InlineData("Acquire::AllowInsecureRepositories \"false\";")]
    [InlineData("APT::Get::AllowUnauthenticated \"false\";")]
    public void Nothing_of_the_systems_state_is_touched_and_nothing_unsigned_is_taken(string setting) =>
        Assert.Contains(setting + "\n", AptState.Settings("/work", "amd64"), StringComparison.Ordinal);
}
