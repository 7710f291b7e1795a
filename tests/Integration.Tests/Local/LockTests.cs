using System.Diagnostics;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;

namespace Slotwright.Integration.Tests.Local;

public sealed class LockTests : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    private string LockPath => $"{_sandbox.Root.Path}/local/valkey/lock";

    [Fact]
    public async Task The_second_operation_learns_who_holds_the_lock_and_since_when()
    {
        var (first, second) = (_sandbox.Clusters.Host("valkey"), _sandbox.Clusters.Host("valkey"));
        var held = await first.LockAsync("bootstrap", default);
        await held.EnsureHeldAsync(default);

        var busy = await Assert.ThrowsAsync<ClusterBusyException>(() => second.LockAsync("down", default));
        Assert.Equal("local:valkey", busy.Target);
        Assert.Contains("'bootstrap'", busy.Holder, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", busy.Holder, StringComparison.Ordinal);
        Assert.NotNull(busy.Since);

        await held.DisposeAsync();
        await using var now = await second.LockAsync("down", default);
        await now.EnsureHeldAsync(default);
    }

    [Fact]
    public async Task An_operation_that_is_part_of_another_takes_the_lock_again()
    {
        var host = _sandbox.Clusters.Host("valkey");
        var outer = await host.LockAsync("up", default);
        var inner = await host.LockAsync("bootstrap", default);
        await inner.DisposeAsync();
        await inner.DisposeAsync();
        await outer.EnsureHeldAsync(default);
        await Assert.ThrowsAsync<ClusterBusyException>(() => _sandbox.Clusters.Host("valkey").LockAsync("x", default));
        await outer.DisposeAsync();
        Assert.False(Directory.Exists($"{_sandbox.Root.Path}/local/valkey"));
    }

    [Fact]
    public async Task The_lock_ends_with_the_process_that_held_it()
    {
        await _sandbox.UpAsync();
        var host = _sandbox.Clusters.Open("valkey");
        using var other = Process.Start("flock", ["--no-fork", LockPath, "sleep", "600"]);
        Assert.True(await BecomesAsync(async () => await IsBusyAsync(host)));

        other.Kill();

        Assert.True(await BecomesAsync(async () => !await IsBusyAsync(host)));
    }

    [Fact]
    public async Task A_lock_whose_file_was_taken_away_is_noticed_before_the_next_step()
    {
        await _sandbox.UpAsync();
        await using var held = await _sandbox.Clusters.Open("valkey").LockAsync("bootstrap", default);
        File.Delete(LockPath);
        await Assert.ThrowsAsync<ClusterBusyException>(async () => await held.EnsureHeldAsync(default));
    }

    private static Task<bool> BecomesAsync(Func<Task<bool>> condition) =>
        Wait.UntilAsync(async _ => await condition(), TimeSpan.FromSeconds(20), TimeProvider.System, default);

    private static async Task<bool> IsBusyAsync(LocalHost host)
    {
        try
        {
            await using var held = await host.LockAsync("test", default);
            return false;
        }
        catch (ClusterBusyException)
        {
            return true;
        }
    }
}
