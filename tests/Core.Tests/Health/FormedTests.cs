using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Health;

/// <summary>What bootstrap waits for: nothing of it may be missing, and each is told.</summary>
public sealed class FormedTests
{
    private static readonly Topology Formed = SixMembers.Formed;
    private static readonly ImmutableArray<NodeView> Whole = Views.Of(Formed);

    [Fact]
    public void Nothing_is_missing_of_a_cluster_that_is_whole() => Assert.Empty(Missing(Whole));

    [Fact]
    public void Each_part_is_missed()
    {
        Assert.Contains("m-3 does not answer", Missing(Whole.Silence(3)));
        Assert.Contains("slots 0-5460 have no reachable owner", Missing(Whole.Silence(0)));
        Assert.Contains("m-5 is not known to all", Missing(Whole.Forgets(1, node: 5)));
        Assert.Contains(
            "m-3's link to its primary is syncing",
            Missing(Whole.WithServer(3, s => s with { PrimaryLinkUp = false, SyncInProgress = true }))
        );
        Assert.Contains("m-2 says cluster_state:fail", Missing(Whole.WithInfo(2, i => i with { StateOk = false })));
        Assert.Contains(
            "m-1 has 1 handshakes open",
            Missing(Whole.Learns(1, Views.Stranger() with { Flags = PeerFlags.Handshake }))
        );
        Assert.Contains(
            "m-2 does not give each shard one shard id",
            Missing(Whole.With(2, r => r with { Shards = [.. r.Shards.Skip(1)] }))
        );
        Assert.Contains(
            "m-0: takes m-3 for a primary, which is a replica of m-1",
            Missing(Whole.Says(0, of: 3, row => row with { Primary = null }))
        );
    }

    [Fact]
    public void A_replica_in_a_shard_of_its_own_is_missed()
    {
        var apart = Whole.With(
            2,
            r =>
                r with
                {
                    Shards = [.. r.Shards.SelectMany(s => s.Nodes.Select(n => new ShardRow(null, s.Slots, [n])))],
                }
        );
        Assert.Contains("m-2 does not give each shard one shard id", Missing(apart));
    }

    [Fact]
    public void A_dead_leftover_without_slots_does_not_stand_in_the_way()
    {
        var dead = Views.Stranger("m-5.test") with
        {
            Linked = false,
            Flags = PeerFlags.Replica | PeerFlags.Fail,
            Primary = SixMembers.Id(0),
        };
        Assert.Empty(Missing(Whole.Learns(0, dead)));
        Assert.NotEmpty(Missing(Whole.Learns(0, Views.Stranger())));
    }

    private static ImmutableArray<string> Missing(ImmutableArray<NodeView> views) =>
        Core.Health.Formed.Missing(views.Merged(Formed));
}
