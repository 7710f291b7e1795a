using System.Diagnostics;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Local;

public sealed class FaultTests : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Members_are_killed_paused_resumed_and_started_one_by_one()
    {
        var host = await _sandbox.UpAsync();
        async Task<MemberPhase> PhaseAsync(int ordinal) => (await host.ListMembersAsync(default))[ordinal].Phase;

        await host.PauseAsync("valkey-1", default);
        Assert.Equal(MemberPhase.Paused, await PhaseAsync(1));
        await host.ResumeAsync("valkey-1", default);
        Assert.Equal(MemberPhase.Running, await PhaseAsync(1));

        await host.KillAsync("valkey-1", default);
        Assert.Equal(MemberPhase.Stopped, await PhaseAsync(1));
        Assert.Equal(MemberPhase.Running, await PhaseAsync(0));
        await host.KillAsync("valkey-1", default);

        await host.StartMembersAsync(["valkey-1"], default);
        Assert.Equal(MemberPhase.Running, await PhaseAsync(1));
    }

    [Fact]
    public async Task A_paused_member_is_not_started_and_how_it_goes_on_is_told()
    {
        var host = await _sandbox.UpAsync();
        await host.PauseAsync("valkey-1", default);
        Assert.Equal((5, 1), (host.Summary.Running, host.Summary.Paused));

        var start = await Assert.ThrowsAsync<OperationFailedException>(() =>
            host.StartMembersAsync(["valkey-1"], default)
        );
        Assert.Equal("slotwright local resume valkey-1", start.Next);

        var up = await TestProgram.RunAsync(_sandbox.Root.Path, "up");
        Assert.Equal((1, ""), (up.ExitCode, up.Output));
        Assert.Contains("5 of 6 members run", up.Error);
        Assert.Contains("valkey-1 is paused\n  next: slotwright local resume valkey-1\n", up.Error);

        var clock = Stopwatch.StartNew();
        var exec = await TestProgram.RunAsync(
            _sandbox.Root.Path,
            ["exec", "--on", "valkey-1", "--timeout", "100ms", "--", "PING"]
        );
        Assert.Equal(1, exec.ExitCode);
        Assert.Contains("no answer within 100ms", exec.Error);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1.9), clock.Elapsed.ToString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_cluster_whose_file_is_damaged_can_be_given_up(string text)
    {
        var host = await _sandbox.UpAsync();
        var pids = Enumerable.Range(0, 6).Select(i => _sandbox.RecordedPid("valkey", $"valkey-{i}")).ToArray();
        await host.PauseAsync("valkey-1", default);
        await File.WriteAllTextAsync($"{_sandbox.Root.Path}/local/valkey/cluster.json", text);

        var status = await TestProgram.RunAsync(_sandbox.Root.Path, "status");
        Assert.Equal(1, status.ExitCode);
        Assert.Contains("cluster.json can't be read", status.Error);
        Assert.Contains("slotwright down --purge --name valkey", status.Error);

        var down = await TestProgram.RunAsync(_sandbox.Root.Path, "down", "--purge", "--yes", "--name", "valkey");
        Assert.True(down.ExitCode == 0, down.ToString());
        Assert.Contains("6 members stopped", down.Output);
        Assert.All(pids, pid => Assert.Null(LocalSandbox.StateOf(pid)));
        Assert.False(Directory.Exists($"{_sandbox.Root.Path}/local/valkey"));
    }

    [Fact]
    public async Task A_paused_member_can_be_killed()
    {
        var host = await _sandbox.UpAsync();
        await host.PauseAsync("valkey-1", default);
        await host.KillAsync("valkey-1", default);
        Assert.Equal(5, host.Summary.Running);
    }

    [Fact]
    public async Task A_member_that_is_not_there_is_told_with_those_that_are()
    {
        var host = await _sandbox.UpAsync();
        var bad = await Assert.ThrowsAsync<BadInputException>(() => host.KillAsync("valkey-6", default));
        Assert.Contains("valkey-0 to valkey-5", bad.Message, StringComparison.Ordinal);
    }

    /// <summary>Its listening socket outlives its first thread for some milliseconds.</summary>
    [Fact]
    public async Task A_dead_member_refuses_the_connection_with_what_brings_it_back()
    {
        var host = await _sandbox.UpAsync();
        foreach (var member in await host.ListMembersAsync(default))
        {
            await (await host.ConnectAsync(member.Address, default)).DisposeAsync();
            await host.KillAsync(member.Name, default);

            var failure = await Assert.ThrowsAsync<OperationFailedException>(async () =>
                await host.ConnectAsync(member.Address, default)
            );

            Assert.Equal(member.Name, failure.Member);
            Assert.Contains("connection refused", failure.Message, StringComparison.Ordinal);
            Assert.Contains($"slotwright local start {member.Name}", failure.Next, StringComparison.Ordinal);
        }
    }
}
