using Slotwright.Core.Failures;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Wire;

public sealed class ConnectionTests
{
    private static readonly RespCommand Ping = RespCommand.Of("PING");

    [Fact(Timeout = 30_000)]
    public async Task Replies_go_to_their_callers_in_the_order_of_the_commands()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;
        await using var __ = server;

        var asked = Enumerable
            .Range(0, 1000)
            .Select(i => client.SendAsync(RespCommand.Of("ECHO", i.ToString()), default))
            .ToList();
        var commands = await server.TakeAsync(1000);
        await server.SayAsync([.. commands.Select(c => RespValue.Bulk.Of(c[1]))]);

        var replies = await Task.WhenAll(asked);
        Assert.Equal(
            Enumerable.Range(0, 1000).Select(i => i.ToString()),
            replies.Select(r => r.AsText()!),
            StringComparer.Ordinal
        );
    }

    [Fact(Timeout = 30_000)]
    public async Task A_batch_has_its_replies_in_order_and_unmixed()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;
        await using var __ = server;

        var before = client.SendAsync(Ping, default);
        var batch = client.SendAllAsync([RespCommand.Of("GET", "a"), RespCommand.Of("GET", "b")], default);
        var after = client.SendAsync(Ping, default);
        await server.TakeAsync(4);
        await server.SayAsync("+one\r\n$1\r\na\r\n$1\r\nb\r\n+two\r\n");

        Assert.Equal("one", (await before).AsText());
        Assert.Equal(["a", "b"], (await batch).Select(r => r.AsText()!), StringComparer.Ordinal);
        Assert.Equal("two", (await after).AsText());
    }

    [Fact(Timeout = 30_000)]
    public async Task Commands_that_come_during_a_write_leave_with_the_next()
    {
        var (near, far) = DuplexPair.Create();
        await using var client = await ValkeyConnection.OpenAsync(near, null, "m-0", default);
        await using var server = new FakeServer(far);
        var wire = (DuplexStream)near;
        var held = new TaskCompletionSource();
        wire.Held = held.Task;

        var first = client.SendAsync(Ping, default);
        await wire.FirstWrite.Task;
        var others = Enumerable.Range(0, 999).Select(_ => client.SendAsync(Ping, default)).ToList();
        held.SetResult();
        await server.TakeAsync(1000);
        await server.SayAsync([.. Enumerable.Repeat(new RespValue.Simple("PONG"), 1000)]);
        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, wire.Writes);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_caller_that_gives_up_does_not_disturb_the_others()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;
        await using var __ = server;
        using var patience = new CancellationTokenSource();

        var first = client.SendAsync(RespCommand.Of("ECHO", "1"), default);
        var second = client.SendAsync(RespCommand.Of("ECHO", "2"), patience.Token);
        var third = client.SendAsync(RespCommand.Of("ECHO", "3"), default);
        await server.TakeAsync(3);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await server.SayAsync("$1\r\n1\r\n$1\r\n2\r\n$1\r\n3\r\n");

        Assert.Equal("1", (await first).AsText());
        Assert.Equal("3", (await third).AsText());
        Assert.False(client.IsBroken);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_cancelled_already_is_not_sent()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;
        await using var __ = server;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.SendAsync(RespCommand.Of("DEL", "a"), new CancellationToken(canceled: true))
        );
        var asked = client.SendAsync(Ping, default);

        Assert.Equal(["PING"], (await server.TakeAsync(1))[0]);
        await server.SayAsync("+PONG\r\n");
        await asked;
    }

    /// <summary>They go on on the thread that reads.</summary>
    [Fact(Timeout = 30_000)]
    public async Task Callers_that_ask_again_or_close_it_once_they_have_their_reply_get_theirs()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;
        await using var __ = server;

        var asking = AskTwiceAsync();
        var many = client.SendAllAsync([Ping, Ping], default);
        await server.TakeAsync(3);
        await server.SayAsync("+one\r\n+two\r\n+three\r\n");
        await server.TakeAsync(1);
        Assert.Equal(["two", "three"], (await many).Select(r => r.AsText()!), StringComparer.Ordinal);
        await server.SayAsync("+four\r\n");

        Assert.Equal(["one", "four"], await asking, StringComparer.Ordinal);
        Assert.True(client.Ended.IsCompleted);

        async Task<string[]> AskTwiceAsync()
        {
            var first = await client.SendAsync(Ping, default);
            var second = await client.SendAsync(Ping, default);
            await client.DisposeAsync();
            return [first.AsText()!, second.AsText()!];
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task When_the_server_hangs_up_every_waiter_learns_of_it()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;

        var one = client.SendAsync(RespCommand.Of("cluster", "nodes"), default);
        var many = client.SendAllAsync([Ping, RespCommand.Of("SET", "key", "secret")], default);
        await server.TakeAsync(3);
        await server.SayAsync(RespValue.Bulk.Of("nodes"), new RespValue.Simple("PONG"));
        await one;
        await server.DisposeAsync();

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => many);
        Assert.Equal(("m-0", "SET"), (failure.Member, failure.Command));
        Assert.Contains("closed", failure.Message);
        Assert.DoesNotContain("secret", failure.ToString());
        Assert.True(client.IsBroken);
        var later = await Assert.ThrowsAsync<OperationFailedException>(() =>
            client.SendAsync(RespCommand.Of("CLUSTER", "INFO"), default)
        );
        Assert.Equal("CLUSTER INFO", later.Command);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reply_that_is_cut_off_is_said_to_be()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;

        var asked = client.SendAsync(Ping, default);
        await server.TakeAsync();
        await server.SayAsync("$10\r\nhalf");
        await server.DisposeAsync();

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => asked);
        Assert.Contains("ended within a reply", failure.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task Something_that_is_not_Valkey_is_named_as_such()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;
        await using var __ = server;

        var asked = client.SendAsync(Ping, default);
        await server.TakeAsync();
        await server.SayAsync("HTTP/1.1 400 Bad Request\r\n\r\n");

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => asked);
        Assert.Contains("'HTTP/1.1 400 Bad Request", failure.Message);
        Assert.Contains("TLS", failure.Next);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_a_server_says_before_it_hangs_up_is_the_reason()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;
        await server.SayAsync("-ERR max number of clients reached\r\n");
        await server.DisposeAsync();

        var failure = await Assert.ThrowsAsync<OperationFailedException>(async () =>
        {
            var reply = await client.SendAsync(Ping, default);
            Assert.Equal("ERR max number of clients reached", Assert.IsType<RespValue.Error>(reply).Text);
            await client.SendAsync(Ping, default);
        });
        Assert.Equal("m-0", failure.Member);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reply_without_a_question_ends_the_connection()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;
        await using var __ = server;

        var asked = client.SendAsync(Ping, default);
        await server.TakeAsync();
        await server.SayAsync("+PONG\r\n+PONG\r\n");
        await asked;
        await client.Ended;

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => client.SendAsync(Ping, default));
        Assert.Contains("nobody had asked", failure.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task News_between_replies_do_not_shift_them()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;
        await using var __ = server;

        var first = client.SendAsync(Ping, default);
        var second = client.SendAsync(Ping, default);
        await server.TakeAsync(2);
        await server.SayAsync(">2\r\n+invalidate\r\n*0\r\n+1\r\n>1\r\n+x\r\n+2\r\n");

        Assert.Equal("1", (await first).AsText());
        Assert.Equal("2", (await second).AsText());
    }

    [Theory(Timeout = 30_000)]
    [InlineData("MOVED 3999 127.0.0.1:6381")]
    [InlineData("ASK 3999 127.0.0.1:6381")]
    [InlineData("LOADING Valkey is loading the dataset in memory")]
    [InlineData("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.")]
    [InlineData("NOPERM User default has no permissions to run the 'get' command")]
    public async Task Errors_about_data_are_values(string text)
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;
        await using var __ = server;

        var asked = client.SendAsync(RespCommand.Of("GET", "a"), default);
        await server.TakeAsync();
        await server.SayAsync($"-{text}\r\n");

        Assert.Equal(new RespValue.Error(text), await asked);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_missing_password_is_a_failure_with_a_remedy()
    {
        var (client, server) = await OpenAsync();
        await using var _ = client;
        await using var __ = server;

        var asked = client.SendAllAsync([Ping, Ping], default);
        await server.TakeAsync(2);
        await server.SayAsync("-NOAUTH Authentication required.\r\n-NOAUTH Authentication required.\r\n");

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => asked);
        Assert.Contains("password", failure.Message);
        Assert.NotNull(failure.Next);
        Assert.False(client.IsBroken);
    }

    [Fact(Timeout = 30_000)]
    public async Task Opening_authenticates_first()
    {
        var (near, far) = DuplexPair.Create();
        await using var server = new FakeServer(far);
        var opening = ValkeyConnection.OpenAsync(near, new Credentials("ops", "pa ss"), "m-0", default);
        Assert.Equal(["AUTH", "ops", "pa ss"], (await server.TakeAsync(1))[0]);
        Assert.False(opening.IsCompleted);
        await server.SayAsync("+OK\r\n");
        await using var client = await opening;
        Assert.Equal("m-0", client.Label);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("-WRONGPASS invalid username-password pair or user is disabled.", "was refused")]
    [InlineData(
        "-ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?",
        "has no password"
    )]
    [InlineData("-DENIED Running in protected mode", "protected mode")]
    public async Task A_password_that_is_not_taken_is_a_failure_without_the_password(string reply, string expected)
    {
        var (near, far) = DuplexPair.Create();
        await using var server = new FakeServer(far);
        var opening = ValkeyConnection.OpenAsync(near, new Credentials(null, "hunter2"), "m-0", default);
        Assert.Equal(["AUTH", "hunter2"], (await server.TakeAsync(1))[0]);
        await server.SayAsync(reply + "\r\n");

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => opening);
        Assert.Equal(("m-0", "AUTH"), (failure.Member, failure.Command));
        Assert.Contains(expected, failure.Message);
        Assert.DoesNotContain("hunter2", failure.ToString());
        Assert.Null(await server.TakeAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_server_that_hangs_up_on_the_password_does_not_reveal_it()
    {
        var (near, far) = DuplexPair.Create();
        var server = new FakeServer(far);
        var opening = ValkeyConnection.OpenAsync(near, new Credentials(null, "hunter2"), "m-0", default);
        await server.TakeAsync();
        await server.DisposeAsync();

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => opening);
        Assert.Equal("AUTH", failure.Command);
        Assert.DoesNotContain("hunter2", failure.ToString() + failure.Next);
    }

    [Fact(Timeout = 30_000)]
    public async Task Opening_can_be_given_up_and_closes_the_stream()
    {
        var (near, far) = DuplexPair.Create();
        await using var server = new FakeServer(far);
        using var patience = new CancellationTokenSource();
        var opening = ValkeyConnection.OpenAsync(near, new Credentials(null, "x"), "m-0", patience.Token);
        await server.TakeAsync();
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.Null(await server.TakeAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Closing_fails_who_still_waits()
    {
        var (client, server) = await OpenAsync();
        await using var _ = server;
        var asked = client.SendAsync(Ping, default);
        await client.DisposeAsync();
        await client.DisposeAsync();

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => asked);
        Assert.Contains("closed here", failure.Message);
    }

    private static async Task<(ValkeyConnection Client, FakeServer Server)> OpenAsync()
    {
        var (near, far) = DuplexPair.Create();
        return (await ValkeyConnection.OpenAsync(near, null, "m-0", default), new FakeServer(far));
    }
}
