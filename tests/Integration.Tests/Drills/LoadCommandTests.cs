using System.Text.Json;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Drills;

/// <summary><c>slotwright load</c> as a script sees it: what it prints last, and its exit code.</summary>
public sealed class LoadCommandTests : IAsyncLifetime
{
    private readonly LocalSandbox _sandbox = new();

    private string Root => _sandbox.Root.Path;

    public async ValueTask InitializeAsync()
    {
        var up = await TestProgram.RunAsync(Root, "up", "--own-addresses");
        Assert.True(up.ExitCode == ExitCode.Done, $"{up}");
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task A_healthy_cluster_keeps_all_and_a_limit_that_is_broken_shows_in_the_exit_code()
    {
        var kept = await TestProgram.RunAsync(Root, "load", "--rate", "300", "--duration", "500ms");
        Assert.Equal(ExitCode.Done, kept.ExitCode);
        Assert.StartsWith("kept: ", LastLine(kept.Output), StringComparison.Ordinal);

        var tooLong = await TestProgram.RunAsync(Root, "load", "--rate", "30", "--duration", "2s", "--max-gap", "1ms");
        Assert.Equal(ExitCode.Differences, tooLong.ExitCode);
        Assert.StartsWith("broken (gap-too-long): ", LastLine(tooLong.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_run_ends_and_the_verdict_is_unknown()
    {
        await KillShardAsync();
        var load = await TestProgram.RunAsync(Root, "load", "--rate", "300", "--duration", "1s");
        Assert.Equal(ExitCode.Failed, load.ExitCode);
        Assert.StartsWith("unknown (nothing-acknowledged): ", LastLine(load.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_is_judged_and_leaves_no_key()
    {
        using var load = TestProgram.Start(Root, "load", "--rate", "300", "--duration", "5m");
        try
        {
            var error = await UntilSecondsArePrintedAsync(load.StandardError);
            Assert.True(TestProgram.Interrupt(load));
            var output = await load.StandardOutput.ReadToEndAsync();
            await load.WaitForExitAsync();

            Assert.Equal(ExitCode.Interrupted, load.ExitCode);
            Assert.DoesNotContain(
                "   at ",
                error + await load.StandardError.ReadToEndAsync(),
                StringComparison.Ordinal
            );
            Assert.StartsWith("kept: ", LastLine(output), StringComparison.Ordinal);
            Assert.Contains("interrupted after", output, StringComparison.Ordinal);
            Assert.Equal(0, await KeysAsync());
        }
        finally
        {
            load.Kill();
        }
    }

    [Theory]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "1000001")]
    [InlineData("--duration", "0s")]
    [InlineData("--value-size", "1")]
    [InlineData("--wait", "-1")]
    public async Task What_cannot_be_meant_is_refused_before_anything_is_written(string option, string value)
    {
        var load = await TestProgram.RunAsync(Root, "load", option, value);
        Assert.Equal(ExitCode.Usage, load.ExitCode);
        Assert.Contains(option, load.Error, StringComparison.Ordinal);
        Assert.Equal(0, await KeysAsync());
    }

    /// <summary>Ends when the load has said for its second time how it goes.</summary>
    private static async Task<string> UntilSecondsArePrintedAsync(StreamReader talk)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var said = "";
        for (var looks = 0; looks < 2; )
        {
            var line = await talk.ReadLineAsync(deadline.Token);
            Assert.NotNull(line);
            said += line + "\n";
            looks += line.Contains("ops/s", StringComparison.Ordinal) ? 1 : 0;
        }
        return said;
    }

    /// <summary>Both members of the shard that owns slot 0.</summary>
    private async Task KillShardAsync()
    {
        var status = (await TestProgram.RunAsync(Root, "status", "--format", "json")).Json;
        var nodes = status.GetProperty("nodes").EnumerateArray().ToList();
        var primary = Member(nodes.Single(n => Text(n, "slots").StartsWith("0-", StringComparison.Ordinal)));
        foreach (var node in nodes.Where(n => Member(n) == primary || Text(n, "primary") == primary))
        {
            var kill = await TestProgram.RunAsync(Root, "local", "kill", Member(node));
            Assert.Equal(ExitCode.Done, kill.ExitCode);
        }
    }

    private static string Member(JsonElement node) => Text(node, "member");

    private static string Text(JsonElement node, string name) => node.GetProperty(name).GetString() ?? "";

    private async Task<int> KeysAsync()
    {
        var sizes = (
            await TestProgram.RunAsync(Root, "exec", "--on", "primaries", "--format", "json", "--", "DBSIZE")
        ).Json;
        return sizes.EnumerateArray().Sum(r => r.GetProperty("reply").GetInt32());
    }

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1];
}
