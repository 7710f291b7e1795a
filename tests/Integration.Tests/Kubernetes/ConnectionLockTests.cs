using Slotwright.Core.Failures;
using Slotwright.Integration.Tests.Support;
using Slotwright.Kubernetes.Hosting;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Kubernetes;

/// <summary>The lock that Jobs keep each other out with, in a server that has no slots.</summary>
public sealed class ConnectionLockTests : IAsyncLifetime
{
    private const int Contenders = 12;
    private const int Turns = 3;

    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Of_many_that_want_it_at_once_one_at_a_time_has_it()
    {
        var (most, taken) = await ContendAsync(async () =>
        {
            var connection = await ConnectAsync();
            try
            {
                return await ConnectionLock.TakeAsync(connection, "here", "test", TimeProvider.System, default);
            }
            catch (ClusterBusyException)
            {
                await connection.DisposeAsync();
                return null;
            }
        });
        Assert.Equal((1, Contenders * Turns), (most, taken));
    }

    /// <summary>The control: a lock that is only looked at before it is taken has several holders.</summary>
    [Fact]
    public async Task A_look_before_the_name_is_not_enough()
    {
        var (most, _) = await ContendAsync(async () =>
        {
            var connection = await ConnectAsync();
            var list = (await connection.AskAsync(RespCommand.Of("CLIENT", "LIST"), default)).AsText()!;
            if (list.Contains("name=naive", StringComparison.Ordinal))
            {
                await connection.DisposeAsync();
                return null;
            }
            await connection.AskAsync(RespCommand.Of("CLIENT", "SETNAME", "naive"), default);
            return connection;
        });
        Assert.True(most > 1, "nobody met another: the control shows nothing");
    }

    [Fact]
    public async Task It_is_gone_with_its_holder_and_a_holder_that_was_cut_off_notices()
    {
        var first = await ConnectAsync();
        await using var held = await ConnectionLock.TakeAsync(first, "here", "first", TimeProvider.System, default);
        await using var second = await ConnectAsync();
        var busy = await Assert.ThrowsAsync<ClusterBusyException>(() =>
            ConnectionLock.TakeAsync(second, "here", "second", TimeProvider.System, default)
        );
        Assert.Contains("here is being changed by first at ", busy.Message);
        await held.EnsureHeldAsync(default);

        var id = ((RespValue.Integer)await first.AskAsync(RespCommand.Of("CLIENT", "ID"), default)).Value;
        await second.AskAsync(RespCommand.Of("CLIENT", "KILL", "ID", $"{id}"), default);

        await Assert.ThrowsAsync<OperationFailedException>(async () => await held.EnsureHeldAsync(default));
        await using var heir = await ConnectionLock.TakeAsync(
            await ConnectAsync(),
            "here",
            "heir",
            TimeProvider.System,
            default
        );
        await heir.EnsureHeldAsync(default);
    }

    /// <summary>Everybody takes it several times, each time for as long as it takes the server to answer.</summary>
    /// <returns>The most holders at one moment, and how often it was taken.</returns>
    private static async Task<(int Most, int Taken)> ContendAsync(Func<Task<IAsyncDisposable?>> take)
    {
        var (holders, most, taken) = (0, 0, 0);
        await Task.WhenAll(
            Enumerable
                .Range(0, Contenders)
                .Select(async i =>
                {
                    for (var turn = 0; turn < Turns; turn++)
                    {
                        IAsyncDisposable? held = null;
                        await Wait.UntilAsync(
                            async _ => (held = await take()) is not null,
                            TimeSpan.FromSeconds(60),
                            TimeSpan.FromMilliseconds(10 + i),
                            TimeProvider.System,
                            default
                        );
                        var now = Interlocked.Increment(ref holders);
                        InterlockedMax(ref most, now);
                        Interlocked.Increment(ref taken);
                        await Task.Yield();
                        Interlocked.Decrement(ref holders);
                        await held!.DisposeAsync();
                    }
                })
        );
        return (most, taken);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref most);
        } while (value > seen && Interlocked.CompareExchange(ref most, value, seen) != seen);
    }

    private async Task<ValkeyConnection> ConnectAsync()
    {
        var member = await _cluster.MemberAsync(0);
        return await ValkeyConnection.OpenAsync(
            await TcpDialer.ConnectAsync(member.Address, TimeProvider.System, default),
            await _cluster.Host.GetCredentialsAsync(default),
            member.Name,
            default
        );
    }
}
