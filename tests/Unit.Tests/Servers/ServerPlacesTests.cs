using Slotwright.Core.Failures;
using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

public sealed class ServerPlacesTests
{
    [Theory]
    [InlineData("/own", "/xdg", "/home/me", "/own/valkey")]
    [InlineData(null, "/xdg", "/home/me", "/xdg/slotwright/valkey")]
    [InlineData("", "", "/home/me", "/home/me/.cache/slotwright/valkey")]
    [InlineData(null, "relative", "/home/me", "/home/me/.cache/slotwright/valkey")]
    public void The_cache_is_where_the_environment_says(string? own, string? xdg, string? home, string expected) =>
        Assert.Equal(expected, Places(("SLOTWRIGHT_CACHE", own), ("XDG_CACHE_HOME", xdg), ("HOME", home)).Cache);

    [Fact]
    public void Relative_folders_of_path_do_not_count() =>
        Assert.Equal(
            "/usr/bin /bin",
            string.Join(' ', Places(("HOME", "/home/me"), ("PATH", "/usr/bin::.:bin:/bin")).SearchPath)
        );

    [Fact]
    public void Without_any_variable_the_one_to_set_is_named() =>
        Assert.Contains(
            "SLOTWRIGHT_CACHE",
            Assert.Throws<OperationFailedException>(() => Places()).Next,
            StringComparison.Ordinal
        );

    private static ServerPlaces Places(params (string Name, string? Value)[] variables) =>
        ServerPlaces.FromEnvironment(name => variables.FirstOrDefault(v => v.Name == name).Value);
}
