using Slotwright.Core.Observing;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Agents;

/// <summary>Members that lost their disks come back under new ids and are what they were; never while the old id owns slots.</summary>
public sealed class IdentityTests
{
    private const string NodeTimeout = "2000";

    public static TheoryData<string> Versions => AddressTests.Versions;

    [Theory, MemberData(nameof(Versions))]
    public async Task A_replica_that_lost_its_disk_is_adopted_and_its_old_id_forgotten(string version)
    {
        await using var cluster = await AgentCluster.FormAsync(version, NodeTimeout);
        var before = await cluster.LookAsync();
        var lost = before.Shards()[1].Replicas[0];
        await using var crew = await AgentCrew.StartAsync(cluster.Host);

        await cluster.LoseAsync(lost.Member!);

        Assert.True(await cluster.UntilWholeAsync() is "", crew.Log);
        var after = (await cluster.LookAsync()).NodeOf(lost.Member!)!;
        Assert.NotEqual(lost.Id, after.Id);
        Assert.Equal(lost.Primary, after.Primary);
        Assert.True(crew.StatusOf(lost.Member!).Heals[Core.Agent.HealKind.Identity].Done >= 3, crew.Log);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task All_replicas_at_once_are_adopted_each_by_its_own_agent_and_every_shard_has_one(string version)
    {
        await using var cluster = await AgentCluster.FormAsync(version, NodeTimeout);
        var lost = (await cluster.LookAsync()).Shards().Select(s => s.Replicas[0].Member!).ToArray();
        await using var crew = await AgentCrew.StartAsync(cluster.Host);

        await cluster.LoseAsync(lost);

        Assert.True(await cluster.UntilWholeAsync() is "", crew.Log);
        Assert.All((await cluster.LookAsync()).Shards(), s => Assert.Single(s.Replicas));
    }

    [Fact]
    public async Task While_the_old_id_owns_slots_the_member_stays_outside_and_comes_in_when_another_took_over()
    {
        await using var cluster = await AgentCluster.FormAsync(TestVersions.Default, NodeTimeout);
        var shard = (await cluster.LookAsync()).Shards()[0];
        var (lost, heir) = (shard.Primary.Member!, shard.Replicas[0].Member!);
        await cluster.Host.KillAsync(heir, default); // nobody can take over
        await using var crew = await AgentCrew.StartAsync(cluster.Host);

        await cluster.LoseAsync(lost);
        Assert.True(await SaysAsync(crew, "still owns slots"), crew.Log);
        await StaysAsync(cluster, crew, lost);

        cluster.Host.IsWithoutGuards = true;
        await cluster.Host.StartMembersAsync([heir], default);
        await using (var session = cluster.Session())
        {
            var node = await session.ConnectAsync((await cluster.LookAsync()).Members[heir], default);
            await node.SendAsync(RespCommand.Of("CLUSTER", "FAILOVER", "FORCE"), default);
        }
        Assert.True(await cluster.UntilWholeAsync() is "", crew.Log);
        var after = await cluster.LookAsync();
        Assert.Equal(heir, after.OwnerOf(0)!.Member);
        Assert.Equal(after.OwnerOf(0)!.Id, after.NodeOf(lost)!.Primary);
    }

    [Fact]
    public async Task Were_the_owner_of_slots_forgotten_its_replica_could_not_take_over_any_more()
    {
        await using var cluster = await AgentCluster.FormAsync(TestVersions.Default, NodeTimeout);
        var before = await cluster.LookAsync();
        var shard = before.Shards()[0];
        var heir = shard.Replicas[0].Member!;
        await cluster.Host.KillAsync(heir, default);
        await cluster.Host.KillAsync(shard.Primary.Member!, default);
        await using var session = cluster.Session();
        foreach (var member in before.Members.Values.Where(m => m.Name != heir && m.Name != shard.Primary.Member))
        {
            var node = await session.ConnectAsync(member, default);
            await node.SendAsync(RespCommand.Of("CLUSTER", "FORGET", shard.Primary.Id.Value), default);
        }

        cluster.Host.IsWithoutGuards = true;
        await cluster.Host.StartMembersAsync([heir], default);
        var replica = await session.ConnectAsync(before.Members[heir], default);
        Assert.False(
            await Wait.UntilAsync(
                async ct =>
                {
                    await replica.SendAsync(RespCommand.Of("CLUSTER", "FAILOVER", "FORCE"), ct);
                    return !(await replica.PeersAsync(ct)).Single(n => n.Flags.HasFlag(PeerFlags.Myself)).Slots.IsEmpty;
                },
                TimeSpan.FromSeconds(8),
                TimeSpan.FromSeconds(2),
                TimeProvider.System,
                default
            )
        );
    }

    [Fact]
    public async Task An_agent_that_is_killed_after_each_of_its_steps_is_gone_on_with_by_the_next()
    {
        await using var cluster = await AgentCluster.FormAsync(TestVersions.Default, NodeTimeout);
        var lost = (await cluster.LookAsync()).Shards()[2].Replicas[0].Member!;
        await cluster.LoseAsync(lost);
        var log = "";
        foreach (var step in (string[])["met valkey-", "replicates ", "is forgotten by"])
        {
            await using var crew = await AgentCrew.StartAsync(cluster.Host, o => $"valkey-{o}" == lost);
            Assert.True(await SaysAsync(crew, step), log + crew.Log);
            log += crew.Log + "\n---\n";
        }
        Assert.True(await cluster.UntilWholeAsync() is "", log);
    }

    [Fact]
    public async Task While_a_command_changes_the_cluster_agents_change_nothing()
    {
        await using var cluster = await AgentCluster.FormAsync(TestVersions.Default, NodeTimeout);
        var lost = (await cluster.LookAsync()).Shards()[2].Replicas[0].Member!;
        await cluster.LoseAsync(lost);
        await using var crew = new AgentCrew();
        await using (await cluster.Host.LockAsync("a rehearsal", default))
        {
            crew.Start(cluster.Host.AgentPlace(lost, out _), lost);
            Assert.True(await SaysAsync(crew, "waits for an operation, 'a rehearsal'"), crew.Log);
            Assert.True((await cluster.LookAsync()).NodeOf(lost)!.Alone);
        }
        Assert.True(await cluster.UntilWholeAsync() is "", crew.Log);
    }

    private static Task<bool> SaysAsync(AgentCrew crew, string words) =>
        Wait.UntilAsync(
            _ => ValueTask.FromResult(crew.Log.Contains(words, StringComparison.Ordinal)),
            AgentCluster.Patience,
            TimeProvider.System,
            default
        );

    private static async Task StaysAsync(AgentCluster cluster, AgentCrew crew, string member)
    {
        var looks = crew.StatusOf(member).Looks;
        await Wait.UntilAsync(
            _ => ValueTask.FromResult(crew.StatusOf(member).Looks > looks + 4),
            AgentCluster.Patience,
            TimeProvider.System,
            default
        );
        Assert.True((await cluster.LookAsync()).NodeOf(member)!.Alone, crew.Log);
    }
}
