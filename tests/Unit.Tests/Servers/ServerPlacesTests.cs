using Slotwright.Core.Failures;
using Slotwright.Local.Servers;
using Slotwright.Local.State;

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
    public void Without_any_variable_clusters_and_servers_lie_below_the_home_that_the_system_knows()
    {
        Assert.EndsWith("/.cache/slotwright/valkey", Places().Cache, StringComparison.Ordinal);
        Assert.EndsWith("/.local/state/slotwright", StateRoot.From(_ => null).Path, StringComparison.Ordinal);
        Assert.Equal(
            Places().Cache.Replace("/.cache/slotwright/valkey", "", StringComparison.Ordinal),
            StateRoot.From(_ => null).Path.Replace("/.local/state/slotwright", "", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_relative_home_is_refused_by_both()
    {
        var problem = Assert.Single(Assert.Throws<BadInputException>(() => Places(("HOME", "here"))).Problems);
        Assert.Equal(("HOME", "'here' is no absolute path"), (problem.Where, problem.What));
        Assert.Throws<BadInputException>(() => StateRoot.From(name => name == "HOME" ? "here" : null));
    }

    private static ServerPlaces Places(params (string Name, string? Value)[] variables) =>
        ServerPlaces.FromEnvironment(name => variables.FirstOrDefault(v => v.Name == name).Value);
}
