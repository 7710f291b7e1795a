using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

public sealed class ServerCacheTests : IDisposable
{
    private static readonly WantedVersion Line = new(9, 1);
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_complete_folder_counts()
    {
        _machine.Cached("9.1", "9.1.2");

        Assert.NotNull(new ServerCache(_machine.Cache).Find(Line));
    }

    [Fact]
    public void A_folder_without_manifest_does_not_count()
    {
        _machine.Cached("9.1", "9.1.2");
        File.Delete(Path.Combine(_machine.Cache, "9.1", "manifest.json"));

        Assert.Null(new ServerCache(_machine.Cache).Find(Line));
        Assert.Empty(new ServerCache(_machine.Cache).All());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public void A_torn_manifest_does_not_count(string manifest)
    {
        _machine.Cached("9.1", "9.1.2");
        File.WriteAllText(Path.Combine(_machine.Cache, "9.1", "manifest.json"), manifest);

        Assert.Null(new ServerCache(_machine.Cache).Find(Line));
    }

    [Fact]
    public void A_folder_that_was_moved_does_not_count()
    {
        _machine.Cached("9.1", "9.1.2", manifestFolder: "/elsewhere/9.1");

        Assert.Null(new ServerCache(_machine.Cache).Find(Line));
    }

    [Fact]
    public void A_folder_without_its_server_does_not_count()
    {
        File.Delete(_machine.Cached("9.1", "9.1.2"));

        Assert.Null(new ServerCache(_machine.Cache).Find(Line));
    }

    [Fact]
    public void A_cache_that_is_not_there_is_empty() => Assert.Empty(new ServerCache(_machine.Cache).All());
}
