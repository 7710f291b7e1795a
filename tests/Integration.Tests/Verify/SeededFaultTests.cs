using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Verify;

/// <summary>Verify on a real cluster: each fault that is put into it is found, and nothing is found without.</summary>
public sealed class SeededFaultTests(FormedCluster formed) : IClassFixture<FormedCluster>
{
    private readonly TestCluster _cluster = formed.Cluster;

    [Fact]
    public async Task Nothing_is_found_in_a_healthy_cluster()
    {
        var (exitCode, faults, result) = await formed.VerifyAsync();
        Assert.Equal(0, exitCode);
        Assert.Empty(faults);
        Assert.Equal("ok", result.Json.GetProperty("verdict").GetString());
        Assert.Equal(
            "It survives the loss of any one node and of any one zone.",
            result.Json.GetProperty("survives").GetString()
        );
    }

    [Fact]
    public async Task A_slot_that_its_owner_gave_away()
    {
        await _cluster.AskAsync(0, "CLUSTER", "DELSLOTS", "100");
        await FindsAsync("slots-uncovered slots 100");
        var mended = await _cluster.RunAsync("bootstrap");
        Assert.Contains("valkey-0 takes slots 100", mended.Error);
        await formed.HealsAsync();
    }

    /// <summary>Gossip mends this within a second or so: more than one try is allowed to be faster.</summary>
    [Fact]
    public async Task A_node_that_disagrees()
    {
        var found = await TestCluster.BecomesAsync(async () =>
        {
            await _cluster.AskAsync(0, "CLUSTER", "DELSLOTS", "6000");
            return (await formed.VerifyAsync()) is { ExitCode: 2 } v && v.Faults.Contains("slot-disagreement valkey-0");
        });
        Assert.True(found);
        await formed.HealsAsync();
    }

    [Fact]
    public async Task A_dead_replica()
    {
        var replica = (await _cluster.TopologyAsync()).Shards()[0].Replicas[0].Member!;
        await _cluster.KillAsync(replica);
        var faults = await FindsAsync($"node-unreachable {replica}", $"replica-link {replica}");
        Assert.DoesNotContain(faults, f => f.StartsWith("shard-dead", StringComparison.Ordinal));
        await _cluster.StartMembersAsync(replica);
        await formed.HealsAsync();
    }

    [Fact]
    public async Task A_replica_in_its_primary_s_zone()
    {
        var topology = await _cluster.TopologyAsync();
        var home = topology.Shards()[0];
        var own = home.Replicas[0];
        var other = topology.Nodes.First(n => !n.IsPrimary && topology.ZoneOf(n) == topology.ZoneOf(home.Primary));
        await ReplicateAsync(other, home.Primary.Id);
        await ReplicateAsync(own, other.Primary!.Value);

        await FindsAsync($"shard-in-one-zone slots {home.Slots}");

        await ReplicateAsync(own, home.Primary.Id);
        await ReplicateAsync(other, other.Primary!.Value);
        await formed.HealsAsync();
    }

    [Fact]
    public async Task A_zone_with_the_majority_of_primaries()
    {
        var topology = await _cluster.TopologyAsync();
        var shard = topology.Shards()[2];
        await _cluster.AskAsync(shard.Replicas[0].Member!, "CLUSTER", "FAILOVER");
        Assert.True(await OwnsAsync(shard.Replicas[0]));

        await FindsAsync($"zone-majority {topology.ZoneOf(shard.Replicas[0])}");

        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await _cluster.TopologyAsync()).Find(shard.Primary.Id) is { Link: LinkState.InSync }
            )
        );
        await _cluster.AskAsync(shard.Primary.Member!, "CLUSTER", "FAILOVER");
        Assert.True(await OwnsAsync(shard.Primary));
        await formed.HealsAsync();
    }

    [Fact]
    public async Task A_slot_on_its_way()
    {
        var to = (await _cluster.TopologyAsync()).Shards()[1].Primary.Id;
        await _cluster.AskAsync(0, "CLUSTER", "SETSLOT", "5", "MIGRATING", to.Value);
        await FindsAsync("slot-open valkey-0");
        await _cluster.AskAsync(0, "CLUSTER", "SETSLOT", "5", "STABLE");
        await formed.HealsAsync();
    }

    [Fact]
    public async Task A_member_that_hangs_is_told_and_the_others_are_judged()
    {
        await _cluster.Host.PauseAsync("valkey-4", default);
        try
        {
            var (exitCode, faults, result) = await formed.VerifyAsync();
            Assert.Equal(2, exitCode);
            Assert.Equal(["node-unreachable valkey-4", "replica-link valkey-4"], faults);
            Assert.Contains("no answer within 2 s", result.Output);
        }
        finally
        {
            await _cluster.Host.ResumeAsync("valkey-4", default);
        }
        await formed.HealsAsync();
    }

    [Fact]
    public async Task A_primary_that_has_used_up_its_memory()
    {
        var primary = (await _cluster.TopologyAsync()).Shards()[0].Primary.Member!;
        await _cluster.AskAsync(primary, "CONFIG", "SET", "maxmemory", "1mb");
        await FindsAsync($"memory-used-up {primary}");
        await _cluster.AskAsync(primary, "CONFIG", "SET", "maxmemory", "1gb");
        await formed.HealsAsync();
    }

    /// <summary>Where the snapshot is to go there is a folder.</summary>
    [Fact]
    public async Task A_snapshot_that_fails()
    {
        const string Member = "valkey-1";
        var folder = Directory.CreateDirectory($"{_cluster.Root}/local/valkey/{Member}/data/dump.rdb/x").Parent!;
        await _cluster.AskAsync(Member, "BGSAVE");
        string[] found = [];
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (found = (await formed.VerifyAsync()).Faults).Contains($"snapshot-failed {Member}")
            ),
            string.Join(", ", found)
        );
        await FindsAsync($"snapshot-failed {Member}");

        await _cluster.AskAsync(Member, "CONFIG", "SET", "stop-writes-on-bgsave-error", "no");
        var (exitCode, _, result) = await formed.VerifyAsync();
        Assert.True(exitCode == 0, result.ToString());

        await _cluster.AskAsync(Member, "CONFIG", "SET", "stop-writes-on-bgsave-error", "yes");
        folder.Delete(recursive: true);
        await _cluster.AskAsync(Member, "BGSAVE");
        await formed.HealsAsync();
    }

    private async Task<string[]> FindsAsync(params string[] faults)
    {
        var (exitCode, found, result) = await formed.VerifyAsync();
        Assert.True(exitCode == 2, result.ToString());
        Assert.All(faults, f => Assert.Contains(f, found));
        Assert.Contains(faults[0].Split(' ')[0], result.Output);
        return found;
    }

    private async Task ReplicateAsync(Node node, NodeId primary)
    {
        await _cluster.AskAsync(node.Member!, "CLUSTER", "REPLICATE", primary.Value);
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await _cluster.TopologyAsync()).Find(node.Id) is { Link: LinkState.InSync } now
                && now.Primary == primary
            )
        );
    }

    private Task<bool> OwnsAsync(Node node) =>
        TestCluster.BecomesAsync(async () =>
            (await _cluster.TopologyAsync()).Find(node.Id) is { Slots.IsEmpty: false }
        );
}
