using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;

namespace Slotwright.Integration.Tests.Local;

public sealed class SideBySideTests : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Clusters_of_several_names_run_beside_each_other_and_are_listed()
    {
        var small = new LocalSpec { Members = 3, ReplicasPerPrimary = 0 };
        var one = await _sandbox.UpAsync(small with { Name = "one" });
        await _sandbox.UpAsync(small with { Name = "two" });
        await _sandbox.UpAsync(LocalSandbox.Spec with { Name = "three" });
        await one.KillAsync("one-1", default);

        var list = _sandbox.Clusters.List();

        Assert.Equal(
            "one:2/3 three:6/6 two:3/3",
            string.Join(' ', list.Select(c => $"{c.Name}:{c.Running}/{c.Members}"))
        );
        Assert.Equal(3, list.Select(c => c.Addresses).Distinct(StringComparer.Ordinal).Count());
        Assert.All(list, c => Assert.StartsWith("9.1.", c.Version, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clusters_that_are_brought_up_at_the_same_moment_get_different_ports()
    {
        string[] names = ["a", "b", "c", "d"];
        await Task.WhenAll(
            names.Select(name =>
                _sandbox.UpAsync(
                    new LocalSpec
                    {
                        Name = name,
                        Members = 3,
                        ReplicasPerPrimary = 0,
                    }
                )
            )
        );
        var list = _sandbox.Clusters.List();
        Assert.All(list, c => Assert.Equal(3, c.Running));
        Assert.Equal(4, list.Select(c => c.Addresses).Distinct().Count());
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_told_with_those_that_are()
    {
        var none = Assert.Throws<BadInputException>(() => _sandbox.Clusters.Open("main"));
        Assert.Contains("slotwright up --name main", none.Message, StringComparison.Ordinal);
        await _sandbox.UpAsync();
        var other = Assert.Throws<BadInputException>(() => _sandbox.Clusters.Open("main"));
        Assert.Contains("there is valkey", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_whose_file_is_broken_is_listed_with_the_reason_and_hides_no_other()
    {
        await _sandbox.UpAsync();
        Directory.CreateDirectory($"{_sandbox.Root.Path}/local/broken");
        await File.WriteAllTextAsync($"{_sandbox.Root.Path}/local/broken/cluster.json", "{ \"version\": 1, ");
        var list = _sandbox.Clusters.List();
        Assert.Contains("can't be read", list[0].Problem, StringComparison.Ordinal);
        Assert.Null(list[1].Problem);
        File.Delete($"{_sandbox.Root.Path}/local/broken/cluster.json");
    }
}
