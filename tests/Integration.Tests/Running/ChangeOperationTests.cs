using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Steps;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.Targets;

namespace Slotwright.Integration.Tests.Running;

/// <summary>Hand-made plans on real servers: what each step does, and that the promise is looked after.</summary>
public sealed class ChangeOperationTests
{
    private const string Why = "a test";

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_replica_takes_over_and_everybody_agrees(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        var report = await RunAsync(cluster, o => PlanOf(HandOver(o.Topology)));
        Assert.True(report.Applied);
        var only = Assert.Single(report.HandOvers);
        Assert.InRange(only.Took.TotalMilliseconds, 0.1, 5000);
        Assert.True(only.Step.IsDone(report.After.Topology));
        Assert.Empty(report.After.Disagreements);
        Assert.All(report.After.Topology.Nodes, n => Assert.True(n.IsPrimary || n.Link == LinkState.InSync, n.Label));
    }

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_member_restarts_at_the_revision_that_is_desired(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        var before = await cluster.Host.ListMembersAsync(default);
        var revision = await cluster.Host.DesireAsync(new MemberSpec(), default);
        Assert.NotEqual(before[0].DesiredRevision, revision);
        var desired = await cluster.Host.ListMembersAsync(default);
        Assert.All(desired, m => Assert.Equal((before[0].Revision, revision), (m.Revision, m.DesiredRevision)));

        var report = await RunAsync(cluster, o => PlanOf(Restart(o.Topology, revision)));
        var restarted = report.Plan.Stages[0].Steps.OfType<RestartMember>().Single().Member;
        Assert.Equal([restarted], await AtRevisionAsync(cluster, revision));

        var again = await RunAsync(cluster, o => PlanOf(Restart(o.Topology, revision, restarted)));
        Assert.Empty(again.HandOvers);
    }

    [Fact]
    public async Task What_would_not_be_safe_is_refused_and_nothing_is_done()
    {
        await using var cluster = await TestCluster.FormAsync();
        Assert.True( // else it has never completed a sync, as far as anybody can tell
            await TestCluster.BecomesAsync(async () =>
                (await cluster.TopologyAsync()).Shards()[0].Replicas[0].Offset > 0
            )
        );
        var shown = false;
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            RunAsync(
                cluster,
                o => PlanOf(HandOver(o.Topology) with { Kind = HandOverKind.Takeover }),
                new ChangeOptions { Show = _ => shown = true }
            )
        );
        Assert.Equal(["primary-lives"], refused.Findings.Select(f => f.Code));
        Assert.False(shown);
    }

    private static HandOver HandOver(Topology topology)
    {
        var shard = topology.Shards()[0];
        var (taker, from) = (shard.Replicas[0], shard.Primary);
        return new HandOver(taker.Member!, taker.Id, from.Member!, from.Id, HandOverKind.Planned) { Reason = Why };
    }

    private static RestartMember Restart(Topology topology, string revision, string? member = null)
    {
        var node = member is null ? topology.Shards()[0].Replicas[0] : topology.NodeOf(member)!;
        return new RestartMember(node.Member!, node.Id, revision) { Reason = Why };
    }

    private static Plan PlanOf(Step step) => new("test", [new Stage("1", [step])], []) { RestoredBy = "a test" };

    private static async Task<ChangeReport> RunAsync(
        TestCluster cluster,
        Func<Observation, Plan> planner,
        ChangeOptions? options = null
    )
    {
        await using var session = new ClusterSession(cluster.Host, null, TimeProvider.System);
        return await new ChangeOperation(session, "test", planner, options ?? new ChangeOptions()).RunAsync(default);
    }

    private static async Task<ImmutableArray<string>> AtRevisionAsync(TestCluster cluster, string revision) =>
        [.. (await cluster.Host.ListMembersAsync(default)).Where(m => m.Revision == revision).Select(m => m.Name)];
}
