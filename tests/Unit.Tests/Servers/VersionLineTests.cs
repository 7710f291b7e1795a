using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

public sealed class VersionLineTests
{
    [Theory]
    [InlineData(
        "Valkey server v=9.1.2 sha=00000000:0 malloc=jemalloc-5.3.1 bits=64 build=9108e8f1788612b",
        "Valkey",
        "9.1.2"
    )]
    [InlineData(
        "Valkey server v=8.0.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=c2b7c0f3a5b8e6a1\n",
        "Valkey",
        "8.0.1"
    )]
    [InlineData("Valkey server v=9.1.0-rc1 sha=0", "Valkey", "9.1.0")]
    [InlineData("some loader warning\nValkey server v=7.2.11 sha=0", "Valkey", "7.2.11")]
    [InlineData("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=d", "Redis", "7.0.15")]
    public void A_server_says_product_and_version(string text, string product, string version) =>
        Assert.Equal((product, Version.Parse(version)), VersionLine.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("valkey-cli 9.1.2")]
    [InlineData("Valkey server v=9.1")]
    [InlineData("Valkey server v=999999.1.2 sha=0")]
    [InlineData("Valkey server v=9.1.2x")]
    public void Other_words_are_no_server(string text) => Assert.Null(VersionLine.Parse(text));
}
