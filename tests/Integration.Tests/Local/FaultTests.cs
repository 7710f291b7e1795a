using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;

namespace Slotwright.Integration.Tests.Local;

public sealed class FaultTests : IAsyncDisposable
{
    private readonly LocalSandbox sandbox = new();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task Members_are_killed_paused_resumed_and_started_one_by_one()
    {
        var host = await sandbox.UpAsync();
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
    public async Task A_paused_member_can_be_killed()
    {
        var host = await sandbox.UpAsync();
        await host.PauseAsync("valkey-1", default);
        await host.KillAsync("valkey-1", default);
        Assert.Equal(5, host.Summary.Running);
    }

    [Fact]
    public async Task A_member_that_is_not_there_is_told_with_those_that_are()
    {
        var host = await sandbox.UpAsync();
        var bad = await Assert.ThrowsAsync<BadInputException>(() => host.KillAsync("valkey-6", default));
        Assert.Contains("valkey-0 to valkey-5", bad.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_member_refuses_the_connection_with_what_brings_it_back()
    {
        var host = await sandbox.UpAsync();
        var member = (await host.ListMembersAsync(default))[2];
        await (await host.ConnectAsync(member.Address, default)).DisposeAsync();
        await host.KillAsync(member.Name, default);

        var failure = await Assert.ThrowsAsync<OperationFailedException>(async () =>
            await host.ConnectAsync(member.Address, default)
        );

        Assert.Equal("valkey-2", failure.Member);
        Assert.Contains("connection refused", failure.Message, StringComparison.Ordinal);
        Assert.Contains("slotwright local start valkey-2", failure.Next, StringComparison.Ordinal);
    }
}
