using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Planning.Waves;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Waves;

public sealed class RollingRestartTests
{
    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Six_members_restart_under_load_and_nobody_notices(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        var before = await cluster.TopologyAsync();

        var ledger = await Rolling.UnderLoadAsync(
            cluster,
            async () =>
            {
                var report = await Rolling.RunAsync(cluster, RollingKind.Restart);
                Assert.Equal(3, report.Change.HandOvers.Length);
            }
        );

        Assert.Equal((0, 0), (ledger.Failed, ledger.Found.Lost));
        Assert.Equal(0, await Rolling.FullCopiesAsync(cluster));
        Assert.True(ledger.Acknowledged > 100);
        var after = await cluster.TopologyAsync();
        Assert.All(after.Members.Values, m => Assert.Equal(m.DesiredRevision, m.Revision));
        Assert.All(after.Members.Values, m => Assert.NotEqual(before.Members[m.Name].Revision, m.Revision));
        Assert.True(LayoutDebt.Of(after).CompareTo(LayoutDebt.Of(before)) <= 0);
    }

    /// <summary>The control: what hand-overs are for.</summary>
    [Fact]
    public async Task Without_a_hand_over_writes_fail()
    {
        await using var cluster = await TestCluster.FormAsync();
        var primary = (await cluster.TopologyAsync()).Shards()[0].Primary.Member!;

        var ledger = await Rolling.UnderLoadAsync(
            cluster,
            async failed =>
            {
                await cluster.KillAsync(primary);
                Assert.True(await TestCluster.BecomesAsync(() => Task.FromResult(failed() > 0)));
                await cluster.StartMembersAsync(primary);
            }
        );

        Assert.NotEqual(0, ledger.Failed);
    }

    [Fact]
    public async Task Killed_after_any_step_the_same_command_goes_on_and_restarts_nobody_twice()
    {
        await using var cluster = await TestCluster.FormAsync();
        var restarted = new List<string>();
        for (var stop = 2; ; stop += 3)
        {
            var steps = 0;
            try
            {
                await Rolling.RunAsync(
                    cluster,
                    RollingKind.Restart,
                    options: new ChangeOptions
                    {
                        Hooks = new RunHooks
                        {
                            AfterStep = (step, _) =>
                            {
                                if (step is RestartMember restart)
                                {
                                    restarted.Add(restart.Member);
                                }
                                return ++steps == stop ? throw new KilledException() : default;
                            },
                        },
                    }
                );
                break;
            }
            catch (KilledException)
            {
                // as if the program had been killed here
            }
        }
        Assert.Equal(6, restarted.Count);
        Assert.Distinct(restarted);
    }

    [Fact]
    public async Task A_member_that_is_down_is_brought_back_first()
    {
        await using var cluster = await TestCluster.FormAsync();
        var replica = (await cluster.TopologyAsync()).Shards()[0].Replicas[0].Member!;
        await cluster.KillAsync(replica);

        var report = await Rolling.RunAsync(cluster, RollingKind.Restart);

        Assert.Equal(replica, Assert.IsType<RestartMember>(report.Change.Plan.Stages[0].Steps[0]).Member);
        Assert.Empty(await TroubleAsync(cluster));
    }

    [Fact]
    public async Task A_revision_that_does_not_start_stops_at_the_first_member_and_says_why()
    {
        await using var cluster = await TestCluster.FormAsync();
        var name = cluster.Host.Name["local:".Length..];
        SpoilSettings($"{cluster.Root}/local/{name}/cluster.json");

        var failed = await Assert.ThrowsAsync<OperationFailedException>(() =>
            Rolling.RunAsync(cluster, RollingKind.Restart)
        );

        Assert.Contains("no-such-setting", failed.Message, StringComparison.Ordinal);
        var after = await cluster.TopologyAsync();
        Assert.Single(after.Members.Values, m => m.Phase == MemberPhase.Stopped);
        Assert.Equal(3, after.Shards().Count(s => s.Primary.Reachable));
    }

    [Fact]
    public async Task Preflight_names_what_is_amiss_and_the_restart_is_refused_for_it()
    {
        await using var cluster = await TestCluster.FormAsync();
        var ready = await cluster.RunAsync("preflight", "--name", cluster.Host.Name["local:".Length..]);
        Assert.True(ready.ExitCode == 0, ready.Output + ready.Error);
        Assert.Contains("is ready for a rolling restart", ready.Output, StringComparison.Ordinal);

        var replica = (await cluster.TopologyAsync()).Shards()[0].Replicas[0].Member!;
        await cluster.AskAsync(replica, "CONFIG", "SET", "primaryauth", "wrong");
        await cluster.AskAsync(replica, "CLIENT", "KILL", "TYPE", "primary");
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.TopologyAsync()).NodeOf(replica)!.Link != LinkState.InSync
            )
        );

        var amiss = await cluster.RunAsync("preflight", "--name", cluster.Host.Name["local:".Length..]);
        Assert.Equal(2, amiss.ExitCode);
        Assert.Contains(replica, amiss.Output, StringComparison.Ordinal);
        var refused = await cluster.RunAsync(
            "restart",
            "--rolling",
            "--yes",
            "--name",
            cluster.Host.Name["local:".Length..]
        );
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains(replica, refused.Error, StringComparison.Ordinal);
    }

    private static async Task<string[]> TroubleAsync(TestCluster cluster) =>
        [.. WaveTrouble.Of(await cluster.ObserveAsync()).Select(t => t.What)];

    private static void SpoilSettings(string path)
    {
        var text = File.ReadAllText(path);
        var spoilt = text.Replace(
            "\"settings\": {",
            "\"settings\": {\"no-such-setting\": \"1\"",
            StringComparison.Ordinal
        );
        Assert.NotEqual(text, spoilt);
        File.WriteAllText(path, spoilt.Replace("\"1\"\"", "\"1\",\"", StringComparison.Ordinal));
    }

    private sealed class KilledException : Exception;
}
