using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Unit.Tests.Wire;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Parsing;

public sealed class ReportTests
{
    [Fact(Timeout = 30_000)]
    public async Task A_node_is_asked_everything_in_one_go()
    {
        var recording = Recording.Read("valkey-9.1", "formed-by-hostname");
        var (report, commands) = await AskAsync(recording.Replies);

        Assert.Equal(["CLUSTER NODES", "CLUSTER SHARDS", "CLUSTER INFO", "INFO"], commands, StringComparer.Ordinal);
        Assert.Equal(recording.Report().Self.Hostname, report.Self.Hostname);
        Assert.Empty(report.Unrecognized);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_a_newer_server_adds_is_collected_and_not_fatal()
    {
        var replies = Recording.Read("valkey-9.1", "formed-by-ip").Replies;
        replies[0] = Change(replies[0], "myself,master", "myself,master,observer");
        replies[2] = Change(replies[2], "cluster_state", "cluster_mood:fine\r\ncluster_state");
        replies[3] = Change(replies[3], "# Server", "# Server\r\nwarp_factor:9");
        var shard = Assert.IsType<RespValue.Array>(Assert.IsType<RespValue.Array>(replies[1]).Items[0]);
        replies[1] = new RespValue.Array([
            new RespValue.Array([.. shard.Items, RespValue.Bulk.Of("colour"), RespValue.Bulk.Of("red")]),
        ]);

        var (report, _) = await AskAsync(replies);

        Assert.Equal(
            [
                "CLUSTER NODES: flag observer",
                "CLUSTER SHARDS: field colour of a shard",
                "CLUSTER INFO: field cluster_mood",
                "INFO: field warp_factor",
            ],
            report.Unrecognized,
            StringComparer.Ordinal
        );
    }

    [Theory(Timeout = 30_000)]
    [InlineData("*4\r\n$27\r\nstop-writes-on-bgsave-error\r\n$3\r\nyes\r\n$4\r\nsave\r\n$6\r\n900 10\r\n", true)]
    [InlineData("*4\r\n$27\r\nstop-writes-on-bgsave-error\r\n$3\r\nyes\r\n$4\r\nsave\r\n$0\r\n\r\n", false)]
    [InlineData("*4\r\n$27\r\nstop-writes-on-bgsave-error\r\n$2\r\nno\r\n$4\r\nsave\r\n$6\r\n900 10\r\n", false)]
    [InlineData("-NOPERM this user has no permissions to run the 'config|get' command\r\n", null)]
    public async Task Only_where_a_snapshot_failed_the_settings_that_make_it_grave_are_asked(string reply, bool? stops)
    {
        var replies = Recording.Read("valkey-9.1", "formed-by-ip").Replies;
        replies[3] = Change(replies[3], "rdb_last_bgsave_status:ok", "rdb_last_bgsave_status:err");
        var (near, far) = DuplexPair.Create();
        await using var server = new FakeServer(far);
        await using var client = await ValkeyConnection.OpenAsync(near, null, "m-0", default);
        var asked = client.ReportAsync(default);
        await server.TakeAsync(4);
        await server.SayAsync(replies);
        Assert.Equal("CONFIG GET stop-writes-on-bgsave-error save", string.Join(' ', (await server.TakeAsync())!));
        await server.SayAsync(reply);

        Assert.Equal(
            new StorageInfo(AppendOnly: false, Appended: true, Rewritten: true, Saved: false)
            {
                StopsAfterFailedSave = stops,
            },
            (await asked).Server.Storage
        );
    }

    [Theory(Timeout = 30_000)]
    [InlineData("redis-7.0", "LOADING Redis is loading the dataset in memory")]
    [InlineData("valkey-7.2", "LOADING Redis is loading the dataset in memory")]
    public async Task A_server_that_still_loads_and_answers_nothing_is_a_failure_in_its_own_words(
        string server,
        string words
    )
    {
        var failure = await Assert.ThrowsAsync<OperationFailedException>(() =>
            AskAsync(Recording.Read(server, "loading").Replies)
        );
        Assert.Equal(("m-0", "CLUSTER NODES"), (failure.Member, failure.Command));
        Assert.Contains(words, failure.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reply_that_makes_no_sense_names_the_member_the_command_and_the_place()
    {
        var replies = Recording.Read("valkey-9.1", "formed-by-ip").Replies;
        replies[0] = Change(replies[0], " connected", " sort-of");

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => AskAsync(replies));

        Assert.Equal(("m-0", "CLUSTER NODES"), (failure.Member, failure.Command));
        Assert.Contains("line 1, link-state: neither connected nor disconnected: 'sort-of'", failure.Message);
        Assert.NotNull(failure.Next);
    }

    private static RespValue.Bulk Change(RespValue reply, string before, string after)
    {
        var text = reply.AsText()!;
        Assert.Contains(before, text);
        return RespValue.Bulk.Of(text.Replace(before, after, StringComparison.Ordinal));
    }

    private static async Task<(NodeReport Report, string[] Commands)> AskAsync(RespValue[] replies)
    {
        var (near, far) = DuplexPair.Create();
        await using var server = new FakeServer(far);
        await using var client = await ValkeyConnection.OpenAsync(near, null, "m-0", default);
        var asked = client.ReportAsync(default);
        var commands = await server.TakeAsync(4);
        await server.SayAsync(replies);
        return (await asked, [.. commands.Select(c => string.Join(' ', c))]);
    }
}
