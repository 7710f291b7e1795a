using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;
using Slotwright.Integration.Tests.Waves;
using Slotwright.Operations.SlotMovers;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.SlotMoves;

/// <summary>Servers die, or change roles, in the middle of a move under load; the same command run again finishes it.</summary>
public sealed class MemberDeathTests
{
    private static readonly (string Version, string Mover) Stepwise = ("8.1", nameof(MoverChoice.Stepwise));
    private static readonly (string Version, string Mover) Atomic = (TestVersions.Default, nameof(MoverChoice.Atomic));

    /// <summary>Each mover where it is the first choice; with all versions, every victim of every mover.</summary>
    public static TheoryData<string, string, string, int> Deaths { get; } =
        Seeded(
            TestVersions.AllWanted
                ? OfEach("giver", "taker", "giver's replica", "taker's replica")
                :
                [
                    (Stepwise.Version, Stepwise.Mover, "giver"),
                    (Stepwise.Version, Stepwise.Mover, "taker"),
                    (Stepwise.Version, Stepwise.Mover, "taker's replica"),
                    (Atomic.Version, Atomic.Mover, "giver"),
                    (Atomic.Version, Atomic.Mover, "taker"),
                    (Atomic.Version, Atomic.Mover, "giver's replica"),
                ]
        );

    public static TheoryData<string, string> RoleChanges { get; } =
        TestVersions.AllWanted ? KeyTests.Movers : new() { { Atomic.Version, Atomic.Mover } };

    public static TheoryData<string, string> Restarts { get; } =
        TestVersions.AllWanted ? KeyTests.Movers : new() { { Stepwise.Version, Stepwise.Mover } };

    /// <summary>Killed by SIGKILL, and started again as kubelet would do.</summary>
    [Theory, MemberData(nameof(Deaths))]
    public Task One_is_killed_and_comes_back(string version, string mover, string victim, int seed) =>
        DuringMoveAsync(
            version,
            mover,
            async cluster =>
            {
                var member = await NameAsync(cluster, victim);
                await cluster.KillAsync(member);
                await cluster.StartMembersAsync(member);
            },
            seed
        );

    /// <summary>As plain Valkey, an agent or a pod that ends would have it: they ask no operation.</summary>
    [Theory, MemberData(nameof(RoleChanges))]
    public Task Its_ends_change_roles_with_their_replicas(string version, string mover) =>
        DuringMoveAsync(
            version,
            mover,
            async cluster =>
            {
                await HandOverAsync(cluster, await NameAsync(cluster, "giver's replica"));
                await HandOverAsync(cluster, await NameAsync(cluster, "taker's replica"));
            }
        );

    /// <summary>Member by member, primaries hand over before, as pods do when Kubernetes rolls them.</summary>
    [Theory, MemberData(nameof(Restarts))]
    public Task All_members_restart_one_after_another(string version, string mover) =>
        DuringMoveAsync(
            version,
            mover,
            async cluster =>
            {
                for (var ordinal = 5; ordinal >= 0; ordinal--)
                {
                    await RestartAsync(cluster, cluster.Name(ordinal));
                }
            }
        );

    private static (string Version, string Mover, string Victim)[] OfEach(params string[] victims) =>
        [.. KeyTests.Movers.SelectMany(m => victims.Select(victim => (m.Data.Item1, m.Data.Item2, victim)))];

    private static TheoryData<string, string, string, int> Seeded(
        IEnumerable<(string Version, string Mover, string Victim)> deaths
    ) => [.. deaths.SelectMany(d => TestSeeds.Wanted.Select(seed => (d.Version, d.Mover, d.Victim, seed)))];

    private static async Task DuringMoveAsync(string version, string mover, Func<TestCluster, Task> deed, int seed = 1)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        await MovedRange.FillAsync(cluster);
        var ledger = await Rolling.UnderLoadAsync(
            cluster,
            async () =>
            {
                var moving = cluster.RunAsync(MovedRange.Arguments(cluster, mover));
                await MovedRange.UntilMomentAsync(cluster, mover, seed, () => moving.IsCompleted);
                await deed(cluster);
                await moving; // it may have failed, and says why
                ProgramResult? again = null;
                var isDone = await TestCluster.BecomesAsync(async () =>
                    (again = await cluster.RunAsync(MovedRange.Arguments(cluster, mover))).ExitCode == 0
                );
                Assert.True(isDone, $"{again}");
            }
        );
        Assert.Equal(default, ledger.Found);
        await MovedRange.IsThereAsync(cluster);
    }

    private static async Task<string> NameAsync(TestCluster cluster, string role)
    {
        var shards = (await cluster.TopologyAsync()).Shards();
        var of = role.StartsWith("giver", StringComparison.Ordinal) ? cluster.Name(0) : cluster.Name(1);
        var shard = shards.Single(s => s.Nodes.Any(n => n.Member == of));
        return (role.EndsWith("replica", StringComparison.Ordinal) ? shard.Replicas[0] : shard.Primary).Member!;
    }

    private static async Task RestartAsync(TestCluster cluster, string member)
    {
        var topology = await cluster.TopologyAsync();
        var shard = topology.Shards().Single(s => s.Nodes.Any(n => n.Member == member));
        if (shard.Primary.Member == member)
        {
            await HandOverAsync(cluster, shard.Replicas[0].Member!);
        }
        await cluster.KillAsync(member);
        await cluster.StartMembersAsync(member);
        await InSyncAsync(cluster);
    }

    private static async Task HandOverAsync(TestCluster cluster, string replica)
    {
        await InSyncAsync(cluster);
        var member = (await cluster.Host.ListMembersAsync(default)).Single(m => m.Name == replica);
        // one that is refused in the midst of an atomic migration, or times out, is asked for again
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
            {
                var node = await cluster.Session.ConnectAsync(member, default);
                await node.SendAsync(RespCommand.Of("CLUSTER", "FAILOVER"), default);
                return (await cluster.TopologyAsync()).NodeOf(replica) is { IsPrimary: true };
            })
        );
        await InSyncAsync(cluster);
    }

    private static async Task InSyncAsync(TestCluster cluster) =>
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.TopologyAsync()).Nodes is var nodes
                && nodes.All(n => n.Reachable && (n.IsPrimary || n.Link == LinkState.InSync))
                && nodes.Count(n => n.IsPrimary) == 3
            )
        );
}
