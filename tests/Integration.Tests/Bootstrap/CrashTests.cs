using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Bootstrap;

/// <summary>
/// A server that is killed while the nodes of its shard have not the same shard id yet refuses its own nodes.conf:
/// 8.0 most often.
/// </summary>
public sealed class CrashTests
{
    private const string Touchy = "8.0";

    private static readonly int Times = TestVersions.AllWanted ? 20 : 3;

    [Fact]
    public async Task Killed_right_after_forming_all_members_start_again()
    {
        for (var i = 0; i < Times; i++)
        {
            await using var cluster = await TestCluster.FormAsync(Touchy);
            cluster.Host.IsWithoutGuards = true; // they would mend the file
            await KillAllAsync(cluster);
            var started = await cluster.Host.StartAsync(default);
            Assert.Equal(6, started.Started.Length);
        }
    }

    /// <summary>The control: without the wait at the end some don't.</summary>
    [Fact]
    public async Task Killed_before_the_shard_ids_are_equal_some_don_t()
    {
        for (var i = 0; i < 25; i++)
        {
            await using var cluster = await TestCluster.StartAsync(Touchy);
            cluster.Host.IsWithoutGuards = true;
            var replicated = 0;
            var options = new BootstrapOptions
            {
                Hooks = new RunHooks
                {
                    AfterStep = async (step, _) =>
                    {
                        if (step is Replicate && Interlocked.Increment(ref replicated) == 3)
                        {
                            await KillAllAsync(cluster);
                            throw new StoppedHereException();
                        }
                    },
                },
            };
            await Assert.ThrowsAnyAsync<Exception>(() => cluster.BootstrapAsync(options));
            try
            {
                await cluster.Host.StartAsync(default);
            }
            catch (OperationFailedException e)
            {
                Assert.Contains("cluster config", e.Message);
                return;
            }
        }
        Assert.Fail("every server took its own nodes.conf: the wait for shard ids may not be needed any more");
    }

    private static async Task KillAllAsync(TestCluster cluster) =>
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => cluster.KillAsync(cluster.Name(i))));
}
