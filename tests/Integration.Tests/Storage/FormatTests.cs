using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Storage;

/// <summary>Files that a newer engine wrote.</summary>
public sealed class FormatTests
{
    [Theory]
    [InlineData("8.1", true)]
    [InlineData("8.1", false)]
    [InlineData("8.0", false)]
    public async Task An_older_engine_is_not_started_and_the_tag_to_go_back_to_is_named(string older, bool appendOnly)
    {
        await using var lone = await LonePod.StartAsync("9.1", appendOnly);
        await lone.SetAsync("a");
        await lone.EndAsync(kill: false);
        var engine = (await TestServers.Of("9.1")).Path;
        lone.Pod.Set("PATH", Path.GetDirectoryName((await TestServers.Of(older)).Path));
        Assert.Equal(0, (await lone.Pod.RunAsync("init")).ExitCode);

        lone.Pod.Start();
        Assert.True(await TestCluster.BecomesAsync(() => Task.FromResult(lone.Pod.HasEnded)), lone.Pod.Log);

        Assert.Equal(1, await lone.Pod.EndAsync());
        Assert.Contains("has RDB format 80, written by 9.1", lone.Pod.Log, StringComparison.Ordinal);
        Assert.Contains($"Valkey {older}", lone.Pod.Log, StringComparison.Ordinal);
        Assert.Contains("image.tag: 9.1", lone.Pod.Log, StringComparison.Ordinal);

        lone.Pod.Set("PATH", Path.GetDirectoryName(engine));
        await lone.StartAsync();
        Assert.Equal(["a"], await lone.KeysAsync());
    }
}
