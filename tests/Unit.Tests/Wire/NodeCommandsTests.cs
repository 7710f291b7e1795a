using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Unit.Tests.Wire;

public sealed class NodeCommandsTests
{
    private const string Id = "07c37dfeb235213a872192d90877d0cd55635b91";

    public static TheoryData<string, Func<ValkeyConnection, Task>> Orders { get; } =
        new()
        {
            { "CLUSTER MEET 10.0.0.1 6379", c => c.MeetAsync(new NodeAddress("10.0.0.1", 6379), null, default) },
            { "CLUSTER MEET ::1 6379 7000", c => c.MeetAsync(new NodeAddress("::1", 6379), 7000, default) },
            { "CLUSTER ADDSLOTSRANGE 0 5 7 7", c => c.AddSlotsRangeAsync(SlotSet.Parse("0-5,7", null), default) },
            { "CLUSTER SET-CONFIG-EPOCH 3", c => c.SetConfigEpochAsync(3, default) },
            { $"CLUSTER REPLICATE {Id}", c => c.ReplicateAsync(NodeId.Parse(Id), default) },
            { "CLUSTER SAVECONFIG", c => c.SaveConfigAsync(default) },
            { "CONFIG SET maxmemory 100mb", c => c.ConfigSetAsync("maxmemory", "100mb", default) },
        };

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Orders))]
    public async Task An_order_is_sent_in_the_servers_words(string expected, Func<ValkeyConnection, Task> order)
    {
        var (sent, task) = await RunAsync(order, "+OK\r\n");
        await task;
        Assert.Equal(expected, sent);
    }

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Orders))]
    public async Task A_refusal_is_a_failure_in_the_servers_words(string expected, Func<ValkeyConnection, Task> order)
    {
        var (_, task) = await RunAsync(order, "-ERR I don't want to\r\n");
        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => task);
        Assert.Equal(("m-0", string.Join(' ', expected.Split(' ')[..2])), (failure.Member, failure.Command));
        Assert.Contains("ERR I don't want to", failure.Message);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("BUSY Valkey is busy running a script.", FailureKind.ServerBusy, "exec --on m-0 -- SCRIPT KILL")]
    [InlineData("ERR This instance has cluster support disabled", FailureKind.Other, "cluster-enabled yes")]
    public async Task A_refusal_that_is_known_comes_with_what_helps(string reply, FailureKind kind, string next)
    {
        var (_, task) = await RunAsync(c => c.MyIdAsync(default), $"-{reply}\r\n");
        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => task);
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(next, failure.Next);
    }

    [Fact(Timeout = 30_000)]
    public async Task No_slots_are_no_order()
    {
        var (near, far) = DuplexPair.Create();
        await using var server = new FakeServer(far);
        await using (var client = await ValkeyConnection.OpenAsync(near, null, "m-0", default))
        {
            await client.AddSlotsRangeAsync(SlotSet.Empty, default);
        }
        Assert.Null(await server.TakeAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_node_says_who_it_is()
    {
        var (sent, task) = await RunAsync(c => c.MyIdAsync(default), $"$40\r\n{Id}\r\n");
        Assert.Equal(("CLUSTER MYID", NodeId.Parse(Id)), (sent, await task));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("$3\r\nabc\r\n", "not a node id: 'abc'")]
    [InlineData(":1\r\n", "not a text")]
    [InlineData("-ERR This instance has cluster support disabled\r\n", "not in cluster mode")]
    public async Task A_node_that_does_not_say_who_it_is(string reply, string expected)
    {
        var (_, task) = await RunAsync(c => c.MyIdAsync(default), reply);
        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => task);
        Assert.Equal("CLUSTER MYID", failure.Command);
        Assert.Contains(expected, failure.Message);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("*2\r\n$9\r\nmaxmemory\r\n$1\r\n5\r\n", "5")]
    [InlineData("*2\r\n$4\r\nsave\r\n$0\r\n\r\n", "")]
    [InlineData("%1\r\n$9\r\nmaxmemory\r\n$1\r\n5\r\n", "5")]
    [InlineData("*0\r\n", null)]
    [InlineData("%0\r\n", null)]
    public async Task A_setting_is_read(string reply, string? expected)
    {
        var (sent, task) = await RunAsync(c => c.ConfigGetAsync("maxmemory", default), reply);
        Assert.Equal(("CONFIG GET maxmemory", expected), (sent, await task));
    }

    [Fact(Timeout = 30_000)]
    public async Task More_settings_than_asked_for_are_an_error()
    {
        var (_, task) = await RunAsync(c => c.ConfigGetAsync("max*", default), "*4\r\n+a\r\n+1\r\n+b\r\n+2\r\n");
        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => task);
        Assert.Equal("CONFIG GET", failure.Command);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("*4\r\n+a\r\n+1\r\n+b\r\n+2\r\n")]
    [InlineData("%2\r\n+a\r\n+1\r\n+b\r\n+2\r\n")]
    public async Task Several_settings_are_read_at_once_and_one_that_the_server_lacks_is_missing(string reply)
    {
        var (sent, task) = await RunAsync(c => c.ConfigGetAllAsync(["a", "b", "c"], default), reply);
        var values = await task;
        Assert.Equal("CONFIG GET a b c", sent);
        Assert.Equal(["a=1", "b=2"], values.Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("*1\r\n+a\r\n")]
    [InlineData("*2\r\n+a\r\n*0\r\n")]
    [InlineData("+OK\r\n")]
    public async Task Settings_that_are_not_pairs_of_texts_are_an_error(string reply)
    {
        var (_, task) = await RunAsync(c => c.ConfigGetAllAsync(["a"], default), reply);
        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => task);
        Assert.Equal("CONFIG GET", failure.Command);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n", true)]
    [InlineData("*5\r\n$5\r\nslave\r\n$9\r\n127.0.0.1\r\n:6379\r\n$9\r\nconnected\r\n:14\r\n", true)]
    [InlineData("*5\r\n$5\r\nslave\r\n$9\r\n127.0.0.1\r\n:6379\r\n$4\r\nsync\r\n:-1\r\n", false)]
    [InlineData("*5\r\n$5\r\nslave\r\n$9\r\n127.0.0.1\r\n:6379\r\n$7\r\nconnect\r\n:-1\r\n", false)]
    public async Task A_replica_is_linked_once_it_follows_its_primarys_stream(string reply, bool expected)
    {
        var (sent, task) = await RunAsync(c => c.IsLinkedAsync(default), reply);
        Assert.Equal(("ROLE", expected), (sent, await task));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_refused_setting_does_not_show_its_value()
    {
        var (_, task) = await RunAsync(
            c => c.ConfigSetAsync("primaryauth", "hunter2", default),
            "-ERR CONFIG SET failed (possibly related to argument 'primaryauth') - can't set immutable config\r\n"
        );
        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => task);
        Assert.DoesNotContain("hunter2", failure.ToString());
    }

    private static async Task<(string Sent, T Task)> RunAsync<T>(Func<ValkeyConnection, T> order, string reply)
        where T : Task
    {
        var (near, far) = DuplexPair.Create();
        await using var server = new FakeServer(far);
        await using var client = await ValkeyConnection.OpenAsync(near, null, "m-0", default);
        var task = order(client);
        var sent = string.Join(' ', (await server.TakeAsync(1))[0]);
        await server.SayAsync(reply);
        await ((Task)task).ContinueWith(_ => { }, TaskScheduler.Default);
        return (sent, task);
    }
}
