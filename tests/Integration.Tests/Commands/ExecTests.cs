using Slotwright.Integration.Tests.Support;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Commands;

public sealed class ExecTests(FormedClusters clusters) : IClassFixture<FormedClusters>
{
    private const string ManyKey = "{many}key";

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Whom_to_ask_is_said_in_words(string version)
    {
        var formed = await clusters.OfAsync(version);
        string[] all = [.. Enumerable.Range(0, 6).Select(formed.Cluster.Name)];
        Assert.Equal(all, await AskedAsync(formed, "all"));
        Assert.Equal(formed.Primaries.Order(StringComparer.Ordinal), await AskedAsync(formed, "primaries"));
        Assert.Equal(formed.Replicas, await AskedAsync(formed, "replicas"));
        Assert.Equal([all[1], all[4]], await AskedAsync(formed, "zone:az-b"));
        Assert.Equal([all[5]], await AskedAsync(formed, all[5]));
        Assert.Equal([formed.Primaries[0]], await AskedAsync(formed, "slot:0"));
        Assert.Equal([formed.Primaries[2]], await AskedAsync(formed, "key:foo")); // slot 12182
        Assert.Equal([formed.Primaries[2]], await AskedAsync(formed, "slot:12182"));
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Without_a_word_the_owner_of_the_commands_key_is_asked(string version)
    {
        var formed = await clusters.OfAsync(version);
        var set = await formed.RunAsync("exec", "--", "SET", "foo", "a b");
        Assert.Equal((0, "OK\n", ""), (set.ExitCode, set.Output, set.Error));
        var get = await formed.RunAsync("exec", "--", "GET", "foo");
        Assert.Equal((0, "\"a b\"\n", ""), (get.ExitCode, get.Output, get.Error));
        var eval = await formed.RunAsync("exec", "--", "EVAL", "return redis.call('GET', KEYS[1])", "1", "foo");
        Assert.Equal((0, "\"a b\"\n"), (eval.ExitCode, eval.Output));
        var json = await formed.RunAsync("exec", "--format", "json", "--", "GET", "foo");
        Assert.Equal(formed.Primaries[2], json.Json[0].GetProperty("member").GetString());
    }

    [Theory]
    [InlineData("PING")]
    [InlineData("INFO")]
    [InlineData("FROB")]
    [InlineData("AUTH hunter2")]
    public async Task Where_no_key_tells_whom_to_ask_it_must_be_said(string command)
    {
        var formed = await clusters.OfAsync(TestVersions.Default);
        var run = await formed.RunAsync(["exec", "--", .. command.Split(' ')]);
        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.Contains("--on", run.Error);
        Assert.DoesNotContain("hunter2", run.Error);
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Wrong_arguments_are_told_and_not_taken_for_a_command_without_keys(string version)
    {
        var formed = await clusters.OfAsync(version);
        var run = await formed.RunAsync("exec", "--", "GET", "a", "b", "c");
        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.Contains("the server finds the arguments of GET wrong", run.Error);
    }

    [Fact]
    public async Task Errors_that_only_a_cluster_gives_come_with_what_helps()
    {
        var formed = await clusters.OfAsync(TestVersions.Default);
        var moved = await formed.RunAsync("exec", "--on", formed.Primaries[0], "--", "GET", "foo");
        Assert.Contains("without --on", moved.Error);
        var apart = await formed.RunAsync("exec", "--on", formed.Primaries[0], "--", "MGET", "foo", "bar");
        Assert.Contains("slotwright slot", apart.Error);
        var wrong = await formed.RunAsync("exec", "--on", formed.Primaries[0], "--", "FROB");
        Assert.Equal("", wrong.Error);
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Keys_of_several_slots_are_the_servers_business(string version)
    {
        var formed = await clusters.OfAsync(version);
        var run = await formed.RunAsync("exec", "--", "MGET", "foo", "bar");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("(error) CROSSSLOT", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_redirection_is_shown_not_followed(string version)
    {
        var formed = await clusters.OfAsync(version);
        var run = await formed.RunAsync("exec", "--on", formed.Primaries[0], "--", "GET", "foo");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("(error) MOVED 12182 ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("slot:16384")]
    [InlineData("zone:az-x")]
    public async Task Words_that_name_nobody_are_told_what_there_is(string word)
    {
        var formed = await clusters.OfAsync(TestVersions.Default);
        var run = await formed.RunAsync("exec", "--on", word, "--", "PING");
        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.Contains("--on", run.Error);
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Writes_to_several_members_ask_reads_do_not(string version)
    {
        var formed = await clusters.OfAsync(version);
        Assert.Equal(0, (await formed.RunAsync("exec", "--on", "all", "--", "DBSIZE")).ExitCode);
        var write = await formed.RunAsync("exec", "--on", "all", "--", "SET", ManyKey, "1");
        Assert.Equal((3, ""), (write.ExitCode, write.Output));
        Assert.Contains("SET writes", write.Error);
        Assert.Contains("--yes", write.Error);
        Assert.Equal("(nil)\n", (await formed.RunAsync("exec", "--", "GET", ManyKey)).Output);

        var confirmed = await formed.RunAsync("exec", "--on", "all", "--yes", "--", "SET", ManyKey, "1");
        Assert.Equal(1, confirmed.ExitCode); // five of six say MOVED
        Assert.Equal("\"1\"\n", (await formed.RunAsync("exec", "--", "GET", ManyKey)).Output);
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_dangerous_command_asks_even_on_one_member_and_keeps_its_arguments_to_itself(string version)
    {
        var formed = await clusters.OfAsync(version);
        var one = formed.Primaries[1];
        var set = await formed.RunAsync("exec", "--on", one, "--", "CONFIG", "SET", "requirepass", "hunter2");
        Assert.Equal((3, ""), (set.ExitCode, set.Output));
        Assert.Contains($"CONFIG SET changes the server's settings. Run it on {one}?", set.Error);
        Assert.DoesNotContain("hunter2", set.Error);
        Assert.Equal(3, (await formed.RunAsync("exec", "--on", one, "--", "FLUSHALL")).ExitCode);
        Assert.Equal(3, (await formed.RunAsync("exec", "--on", one, "--", "CLUSTER", "RESET", "HARD")).ExitCode);
        Assert.Equal(0, (await formed.RunAsync("exec", "--on", one, "--", "CONFIG", "GET", "maxclients")).ExitCode);

        var yes = await formed.RunAsync("exec", "-y", "--on", one, "--", "CONFIG", "SET", "slowlog-max-len", "77");
        Assert.Equal((0, "OK\n"), (yes.ExitCode, yes.Output));
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Data_commands_to_one_member_never_ask(string version)
    {
        var formed = await clusters.OfAsync(version);
        foreach (var command in (string[])["SET {q} 1", "APPEND {q} 2", "DEL {q}", "EVAL return(1) 1 {q}"])
        {
            Assert.Equal(0, (await formed.RunAsync(["exec", "--", .. command.Split(' ')])).ExitCode);
        }
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_password_in_a_command_is_never_repeated(string version)
    {
        var formed = await clusters.OfAsync(version);
        var run = await formed.RunAsync("exec", "--on", "all", "--", "AUTH", "default", "hunter2");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("WRONGPASS", run.Output);
        Assert.DoesNotContain("hunter2", run.Output + run.Error);
        var hello = await formed.RunAsync(
            "exec",
            "--on",
            formed.Primaries[0],
            "--",
            "HELLO",
            "2",
            "AUTH",
            "x",
            "hunter2"
        );
        Assert.Equal(1, hello.ExitCode);
        Assert.DoesNotContain("hunter2", hello.Output + hello.Error);
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_member_that_takes_too_long_is_not_waited_for(string version)
    {
        var formed = await clusters.OfAsync(version);
        var run = await formed.RunAsync("exec", "--timeout", "1s", "--", "BLPOP", "{none}list", "5");
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("no reply within 1s", run.Error);
    }

    [Fact]
    public async Task Ctrl_c_ends_the_waiting_and_says_that_the_command_may_still_be_done()
    {
        var formed = await clusters.OfAsync(TestVersions.Default);
        using var stop = new CancellationTokenSource();
        var root = formed.Cluster.Root;
        var running = TestProgram.RunAsync(root, [], null, stop.Token, "exec", "--", "BLPOP", "{foo}list", "0");
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await formed.Cluster.AskAsync(formed.Primaries[2], "INFO", "clients"))
                    .AsText()!
                    .Contains("blocked_clients:1", StringComparison.Ordinal)
            )
        );
        await stop.CancelAsync();
        var run = await running;
        Assert.Equal(
            (130, "", "slotwright: interrupted; BLPOP may still come to be done\n"),
            (run.ExitCode, run.Output, run.Error)
        );
    }

    [Theory]
    [InlineData("status", "interrupted\n")]
    [InlineData("bootstrap", "interrupted; run the same command again to go on\n")]
    public async Task Only_what_goes_on_when_it_is_run_again_says_so(string verb, string expected)
    {
        var formed = await clusters.OfAsync(TestVersions.Default);
        var run = await TestProgram.RunAsync(formed.Cluster.Root, [], null, new CancellationToken(true), verb);
        Assert.Equal((130, "", $"slotwright: {expected}"), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Bytes_go_in_and_come_out_as_they_are(string version)
    {
        var formed = await clusters.OfAsync(version);
        const string Script = """
            slotwright exec -- SET $'{raw}\xff \x01' $'v\xfe\n' &&
            slotwright exec -- GET $'{raw}\xff \x01' &&
            slotwright exec --raw -- GET $'{raw}\xff \x01' &&
            slotwright exec -- GET $'{raw}\xfe \x01'
            """;
        var run = await Shell.RunAsync("bash", formed.Cluster.Root, Script);
        Assert.Equal("OK\n\"v\\xfe\\n\"\nv\u00fe\n\n(nil)\n", run.Output);
        var slot = await Shell.RunAsync("bash", formed.Cluster.Root, "slotwright slot --format json -- $'\\xff'");
        var theirs = await formed.Cluster.Session.ConnectAsync(await formed.MemberAsync(formed.Primaries[0]), default);
        var keySlot = RespCommand.OfBytes([.. RespCommand.Of("CLUSTER", "KEYSLOT").Arguments, new byte[] { 0xff }]);
        Assert.Equal(
            await theirs.SendAsync(keySlot, default),
            RespValue.Integer.Of(slot.Json.GetProperty("keys")[0].GetProperty("slot").GetInt32())
        );
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Slots_and_owners_are_those_of_the_servers(string version)
    {
        var formed = await clusters.OfAsync(version);
        string[] keys = ["foo", "{foo}.bar", "a{b}c", "{}x", "{{a}}", "x}{y", "}{", "", " ", "é", "user:7"];
        var run = await formed.RunAsync(["slot", "--format", "json", "--", .. keys]);
        Assert.Equal(0, run.ExitCode);
        var topology = await formed.Cluster.TopologyAsync();
        var told = run.Json.GetProperty("keys").EnumerateArray().ToArray();
        for (var i = 0; i < keys.Length; i++)
        {
            var slot = told[i].GetProperty("slot").GetInt32();
            Assert.Equal(await formed.Cluster.AskAsync(0, "CLUSTER", "KEYSLOT", keys[i]), RespValue.Integer.Of(slot));
            var owner = topology.OwnerOf(slot)!;
            Assert.Equal(owner.Member, told[i].GetProperty("member").GetString());
            Assert.Equal(owner.Slots.ToString(), told[i].GetProperty("shard").GetString());
            Assert.Equal(topology.ZoneOf(owner), told[i].GetProperty("zone").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Any_cluster_can_be_asked_by_its_addresses(string version)
    {
        var formed = await clusters.OfAsync(version);
        var seed = (await formed.MemberAsync(formed.Replicas[0])).Address;
        string[] target = ["--target", $"nodes:{seed}", "--password-file", formed.Cluster.Host.PasswordPath];
        var all = await formed.RunAsync(["exec", .. target, "--on", "all", "--format", "json", "--", "PING"]);
        Assert.Equal((0, 6), (all.ExitCode, all.Json.GetArrayLength()));
        var one = await formed.RunAsync(["exec", .. target, "--on", $"{seed}", "--", "PING"]);
        Assert.Equal((0, "PONG\n"), (one.ExitCode, one.Output));
        var slot = await formed.RunAsync(["slot", .. target, "foo", "--format", "json"]);
        Assert.Equal(
            (await formed.MemberAsync(formed.Primaries[2])).Address.ToString(),
            slot.Json.GetProperty("keys")[0].GetProperty("member").GetString()
        );
    }

    private static async Task<string[]> AskedAsync(FormedCluster formed, string word)
    {
        var run = await formed.RunAsync("exec", "--on", word, "--format", "json", "--", "PING");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.All(run.Json.EnumerateArray(), r => Assert.Equal("PONG", r.GetProperty("reply").GetString()));
        var text = await formed.RunAsync("exec", "--on", word, "--", "PING");
        string[] names = [.. run.Json.EnumerateArray().Select(r => r.GetProperty("member").GetString()!)];
        Assert.Equal(names.Length == 1 ? "PONG\n" : string.Concat(names.Select(n => $"{n}: PONG\n")), text.Output);
        return names;
    }
}
