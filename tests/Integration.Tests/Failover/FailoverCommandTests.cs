using System.Text.Json;
using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Failover;

/// <summary><c>slotwright failover</c> on real servers.</summary>
public sealed class FailoverCommandTests
{
    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Under_load_no_write_fails_and_it_says_how_long_they_waited(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        var (primary, replica) = await ShardAsync(cluster);
        var tookMs = 0.0;
        var load = await UnderLoad.RunAsync(
            cluster,
            async () =>
            {
                var run = await cluster.RunAsync("failover", primary, "--yes", "--format", "json");
                Assert.True(run.ExitCode == 0, run.ToString());
                var only = Assert.Single(run.Json.GetProperty("handOvers").EnumerateArray());
                Assert.Equal(
                    (replica, primary, "planned"),
                    (Text(only, "member"), Text(only, "from"), Text(only, "kind"))
                );
                tookMs = only.GetProperty("tookMs").GetDouble();
                Assert.Equal("slotwright restore-layout", Text(run.Json.GetProperty("plan"), "restoredBy"));
            }
        );
        Assert.Equal((0, 0), (load.Ledger.Failed + load.Ledger.FailedReads, load.Ledger.Found.Lost));
        Assert.InRange(tookMs, 0.1, 5000);
        Assert.Equal(2, (await cluster.RunAsync("verify")).ExitCode); // a zone has two primaries now
        var back = await cluster.RunAsync("restore-layout", "--yes");
        Assert.True(back.ExitCode == 0, back.ToString());
        Assert.Contains($"{primary} took over from {replica}: writes waited ", back.Output);
        Assert.Equal(0, (await cluster.RunAsync("verify")).ExitCode);
        Assert.Equal((primary, replica), await ShardAsync(cluster));
    }

    [Fact]
    public async Task What_can_not_be_meant_is_said_and_nothing_is_done()
    {
        await using var cluster = await TestCluster.FormAsync();
        var (primary, replica) = await ShardAsync(cluster);
        var before = (await cluster.TopologyAsync()).Nodes;

        var named = await cluster.RunAsync("failover", replica, "--yes");
        Assert.Equal((64, ""), (named.ExitCode, named.Output));
        Assert.Contains($"{replica} is a replica of {primary}", named.Error);
        Assert.Contains($"slotwright failover {primary} --to {replica}", named.Error);
        Assert.Equal(64, (await cluster.RunAsync("failover", "valkey-9", "--yes")).ExitCode);
        Assert.Equal(64, (await cluster.RunAsync("failover", "slot:16384", "--yes")).ExitCode);
        Assert.Equal(64, (await cluster.RunAsync("failover", primary, "--to", cluster.Name(99), "--yes")).ExitCode);

        var unasked = await cluster.RunAsync("failover", primary);
        Assert.Equal((3, ""), (unasked.ExitCode, unasked.Output));
        Assert.Contains("add --yes", unasked.Error);

        var dry = await cluster.RunAsync("failover", "slot:0", "--dry-run", "--format", "json");
        Assert.Equal(2, dry.ExitCode);
        var step = dry.Json.GetProperty("stages")[0].GetProperty("steps")[0];
        Assert.Equal(("hand-over", replica), (Text(step, "step"), Text(step, "member")));

        var takeover = await cluster.RunAsync("failover", primary, "--takeover", "--dry-run");
        Assert.Contains($"{replica} takes over from {primary} (", takeover.Output); // it lives: it is asked

        await cluster.AskAsync(replica, "CONFIG", "SET", "primaryauth", "wrong");
        await cluster.AskAsync(replica, "CLIENT", "KILL", "TYPE", "primary");
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.TopologyAsync()).NodeOf(replica)!.Link != LinkState.InSync
            )
        );
        var cut = await cluster.RunAsync("failover", primary, "--yes");
        Assert.Equal(3, cut.ExitCode);
        Assert.Contains("nobody can take over from it", cut.Error);
        Assert.Contains(replica, cut.Error);
        Assert.Equal(before.Select(n => n.Primary), (await cluster.TopologyAsync()).Nodes.Select(n => n.Primary));
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_dead_primary_is_replaced_at_once_and_a_silent_one_is_not(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        var (primary, replica) = await ShardAsync(cluster);
        Assert.True(await TestCluster.BecomesAsync(async () => await OffsetAsync(cluster, replica) > 0));

        await cluster.Host.PauseAsync(primary, default);
        var silent = await cluster.RunAsync("failover", primary, "--yes");
        Assert.Equal(3, silent.ExitCode);
        Assert.Contains("the other nodes have not given it up", silent.Error);

        await cluster.KillAsync(primary);
        var dead = await cluster.RunAsync("failover", "slot:0", "--yes", "--format", "json");
        Assert.True(dead.ExitCode == 0, dead.ToString());
        Assert.Equal("force", Text(dead.Json.GetProperty("handOvers")[0], "kind"));
        Assert.Equal(replica, (await cluster.TopologyAsync()).OwnerOf(0)!.Member);

        await cluster.StartMembersAsync(primary);
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.TopologyAsync()).NodeOf(primary) is { Link: LinkState.InSync }
            )
        );
        Assert.Equal(0, (await cluster.RunAsync("restore-layout", "--yes")).ExitCode);
    }

    [Fact]
    public async Task Without_a_majority_a_takeover_has_to_be_asked_for()
    {
        await using var cluster = await TestCluster.FormAsync();
        var shards = (await cluster.TopologyAsync()).Shards();
        var (first, second) = (shards[0].Primary.Member!, shards[1].Primary.Member!);
        foreach (var replica in shards.SelectMany(s => s.Replicas))
        {
            Assert.True(await TestCluster.BecomesAsync(async () => await OffsetAsync(cluster, replica.Member!) > 0));
        }
        await Task.WhenAll(cluster.KillAsync(first), cluster.KillAsync(second));

        var refused = await cluster.RunAsync("failover", "slot:0", "--yes");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("add --takeover", refused.Error);

        var taken = await cluster.RunAsync("failover", "slot:0", "--takeover", "--yes", "--format", "json");
        Assert.True(taken.ExitCode == 0, taken.ToString());
        Assert.Equal("takeover", Text(taken.Json.GetProperty("handOvers")[0], "kind"));
        Assert.Contains("without a vote", taken.Error);
        var voted = await cluster.RunAsync("failover", second, "--yes", "--format", "json");
        Assert.True(voted.ExitCode == 0, voted.ToString());
        Assert.Equal("force", Text(voted.Json.GetProperty("handOvers")[0], "kind"));
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_second_hand_over_of_the_same_primary_is_done_or_explained(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        var (primary, replica) = await ShardAsync(cluster);
        Assert.Equal(0, (await cluster.RunAsync("failover", primary, "--yes")).ExitCode);
        Assert.Equal(0, (await cluster.RunAsync("failover", replica, "--yes")).ExitCode);
        var again = await cluster.RunAsync("failover", primary, "--yes");
        if (version == "8.0")
        {
            Assert.Equal(1, again.ExitCode);
            Assert.Contains(
                "refuses a second hand-over of the same primary for twice cluster-node-timeout",
                again.Error
            );
            Assert.Equal((primary, replica), await ShardAsync(cluster));
        }
        else
        {
            Assert.True(again.ExitCode == 0, again.ToString());
        }
    }

    [Fact]
    public async Task Where_no_lock_keeps_operations_apart_what_another_left_open_stops_it()
    {
        await using var cluster = await TestCluster.FormAsync();
        var shards = (await cluster.TopologyAsync()).Shards();
        var (first, second) = (shards[0].Primary, shards[1].Primary);
        string[] arguments =
        [
            "failover",
            "slot:0",
            "--yes",
            "--target",
            $"nodes:{(await cluster.MemberAsync(4)).Address}",
            "--password-file",
            cluster.Host.PasswordPath,
        ];
        await cluster.AskAsync(first.Member!, "CLUSTER", "SETSLOT", "7", "MIGRATING", second.Id.Value);
        var open = await cluster.RunAsync(arguments);
        Assert.Equal(3, open.ExitCode);
        Assert.Contains("slot 7", open.Error);
        await cluster.AskAsync(first.Member!, "CLUSTER", "SETSLOT", "7", "STABLE");

        await cluster.AskAsync(second.Member!, "CLIENT", "SETNAME", "slotwright-op:scale:taking-down=");
        var busy = await cluster.RunAsync(arguments);
        Assert.Equal(3, busy.ExitCode);
        Assert.Contains("'scale' is at work", busy.Error);
        await cluster.AskAsync(second.Member!, "CLIENT", "SETNAME", "");

        var free = await cluster.RunAsync(arguments);
        Assert.True(free.ExitCode == 0, free.ToString());
        Assert.NotEqual(first.Id, (await cluster.TopologyAsync()).OwnerOf(0)!.Id);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<long> OffsetAsync(TestCluster cluster, string member) =>
        (await cluster.TopologyAsync()).NodeOf(member)!.Offset;

    private static async Task<(string Primary, string Replica)> ShardAsync(TestCluster cluster)
    {
        var shard = (await cluster.TopologyAsync()).Shards()[0];
        return (shard.Primary.Member!, shard.Replicas[0].Member!);
    }
}
