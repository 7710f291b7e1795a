using System.Diagnostics;
using k8s.Models;
using Slotwright.Core.Health;
using Slotwright.Unit.Tests.Kubernetes;

namespace Slotwright.Integration.Tests.Kubernetes;

/// <summary><c>slotwright pod bootstrap</c> on real servers.</summary>
public sealed class BootstrapJobTests
{
    private const int Seed = 20261;
    private const int MostKills = 4;

    [Fact]
    public async Task By_names_alone_it_forms_the_cluster_and_then_has_nothing_to_do()
    {
        await using var sandbox = await JobSandbox.StartAsync();

        var job = await sandbox.RunAsync("bootstrap");

        Assert.True(job.ExitCode == 0, job.ToString());
        Assert.Contains("k8s:prod/valkey is formed, in", job.Error);
        Assert.Equal("", job.Output);
        Assert.Empty(Formed.Missing(await sandbox.Cluster.ObserveAsync()));
        Assert.Equal(0, (await sandbox.Cluster.RunAsync("verify")).ExitCode);
        var again = await sandbox.RunAsync("bootstrap");
        Assert.Equal(0, again.ExitCode);
        Assert.EndsWith("bootstrap: k8s:prod/valkey is formed already: nothing to do", again.Error.Trim());
        Assert.DoesNotContain(sandbox.Api.Asked, a => a.Contains("/pods", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_API_zones_are_those_of_nodes_and_servers_are_told()
    {
        await using var sandbox = await JobSandbox.StartAsync();
        for (var i = 0; i < 6; i++)
        {
            var node = FakeRelease.NodeOf($"node-{i}");
            node.Metadata.Labels["topology.kubernetes.io/zone"] = $"eu-1{"abc"[i / 2]}"; // not what the servers say
            sandbox.Api.Put(node);
        }

        var job = await sandbox.RunAsync("bootstrap", zones: "nodes");

        Assert.True(job.ExitCode == 0, job.ToString());
        Assert.Contains("zone of valkey-5: eu-1c", job.Error);
        var observation = await sandbox.Cluster.ObserveAsync();
        var zones = observation.Views.ToDictionary(v => v.Member!, v => v.Report!.Server.Zone, StringComparer.Ordinal);
        Assert.Equal(
            ["eu-1a", "eu-1a", "eu-1b", "eu-1b", "eu-1c", "eu-1c"],
            zones.OrderBy(z => z.Key).Select(z => z.Value)
        );
        foreach (var shard in observation.Topology.Shards())
        {
            Assert.NotEqual(zones[shard.Primary.Member!], zones[shard.Replicas.Single().Member!]);
        }
        Assert.Equal(3, observation.Topology.Shards().Select(s => zones[s.Primary.Member!]).Distinct().Count());
    }

    [Fact]
    public async Task It_waits_for_members_and_says_whom_for_and_why()
    {
        await using var sandbox = await JobSandbox.StartAsync();
        await sandbox.Cluster.KillAsync("valkey-5");
        var pod = sandbox.Release.Pods[5];
        var was = pod.Status;
        pod.Status = new V1PodStatus
        {
            Phase = "Pending",
            Conditions =
            [
                new()
                {
                    Type = "PodScheduled",
                    Status = "False",
                    Reason = "Unschedulable",
                    Message = "0/6 nodes are available: 6 Insufficient memory.",
                },
            ],
        };

        var vain = await sandbox.RunAsync("bootstrap", zones: "nodes", wait: 1);

        Assert.True(vain.ExitCode == 1, vain.ToString());
        Assert.Contains("waits for valkey-5: its pod has no node yet (Unschedulable: 0/6 nodes", vain.Error);
        Assert.Contains("still waiting for valkey-5", vain.Error);
        Assert.All((await sandbox.Cluster.TopologyAsync()).Nodes, n => Assert.True(n.Alone));

        var job = sandbox.RunAsync("bootstrap", zones: "nodes");
        pod.Status = was;
        await sandbox.Cluster.StartMembersAsync("valkey-5");

        Assert.True((await job).ExitCode == 0, (await job).ToString());
        Assert.Empty(Formed.Missing(await sandbox.Cluster.ObserveAsync()));
    }

    [Fact]
    public async Task Two_Jobs_at_once_form_one_cluster()
    {
        for (var i = 0; i < 3; i++)
        {
            await using var sandbox = await JobSandbox.StartAsync();

            var jobs = await Task.WhenAll(sandbox.RunAsync("bootstrap"), sandbox.RunAsync("bootstrap", zones: "nodes"));

            Assert.All(jobs, j => Assert.True(j.ExitCode == 0, j.ToString()));
            Assert.Single(jobs, j => j.Error.Contains("is formed, in", StringComparison.Ordinal));
            Assert.Single(jobs, j => j.Error.Contains("nothing to do", StringComparison.Ordinal));
            Assert.Empty(Formed.Missing(await sandbox.Cluster.ObserveAsync()));
        }
    }

    [Fact]
    public async Task Of_two_Jobs_that_want_different_shapes_one_forms_it_and_the_other_is_refused_or_leaves_it()
    {
        await using var sandbox = await JobSandbox.StartAsync();

        var jobs = await Task.WhenAll(
            sandbox.RunAsync("bootstrap", replicas: 1),
            sandbox.RunAsync("bootstrap", replicas: 0)
        );

        Assert.All(jobs, j => Assert.True(j.ExitCode is 0 or 3, j.ToString()));
        Assert.Contains(jobs, j => j.ExitCode == 0);
        Assert.Empty(Formed.Missing(await sandbox.Cluster.ObserveAsync()));
    }

    [Fact]
    public async Task Killed_again_and_again_the_next_Job_goes_on()
    {
        await using var sandbox = await JobSandbox.StartAsync();
        var random = new Random(Seed);
        var killed = 0;
        while (true)
        {
            using var job = sandbox.Start("bootstrap");
            var begun = await BeginsAsync(job);
            using var span = new CancellationTokenSource(
                begun && killed < MostKills ? TimeSpan.FromMilliseconds(random.Next(0, 600)) : TimeSpan.FromMinutes(2)
            );
            try
            {
                await job.WaitForExitAsync(span.Token);
            }
            catch (OperationCanceledException)
            {
                job.Kill();
                await job.WaitForExitAsync();
            }
            if (job.ExitCode == 0)
            {
                break;
            }
            Assert.Equal(137, job.ExitCode);
            killed++;
        }

        Assert.True(killed > 0, "it was never killed");
        var verify = await sandbox.Cluster.RunAsync("verify");
        Assert.True(verify.ExitCode == 0, verify.ToString());
    }

    [Fact]
    public async Task Members_that_are_new_join_without_slots_where_no_shard_lacks_a_replica()
    {
        await using var sandbox = await JobSandbox.StartAsync(Local.LocalSandbox.Spec with { Members = 8 });
        Assert.Equal(0, (await sandbox.RunAsync("bootstrap")).ExitCode);
        await sandbox.Cluster.AskAsync(
            (await sandbox.Cluster.TopologyAsync()).OwnerOf(12182)!.Member!,
            "SET",
            "foo",
            "bar"
        );

        var job = await sandbox.RunAsync("bootstrap", members: 8);

        Assert.True(job.ExitCode == 0, job.ToString());
        var topology = (await sandbox.Cluster.ObserveAsync()).Topology;
        Assert.Equal(["0-5460", "5461-10922", "10923-16383"], topology.Shards().Select(s => s.Slots.ToString()));
        Assert.All(topology.Shards(), s => Assert.Single(s.Replicas));
        foreach (var member in new[] { "valkey-6", "valkey-7" })
        {
            Assert.True(topology.NodeOf(member) is { Joined: true, IsPrimary: true, Slots.IsEmpty: true });
        }
        Assert.Contains("nothing to do", (await sandbox.RunAsync("bootstrap", members: 8)).Error);
    }

    [Fact]
    public async Task Members_that_are_new_become_the_replicas_that_shards_lack_in_zones_that_they_lack()
    {
        await using var sandbox = await JobSandbox.StartAsync(
            Local.LocalSandbox.Spec with
            {
                Members = 9,
                ReplicasPerPrimary = 2,
            }
        );
        Assert.Equal(0, (await sandbox.RunAsync("bootstrap")).ExitCode);

        var job = await sandbox.RunAsync("bootstrap", members: 9, replicas: 2);

        Assert.True(job.ExitCode == 0, job.ToString());
        var topology = (await sandbox.Cluster.ObserveAsync()).Topology;
        Assert.Equal(3, topology.Shards().Length);
        Assert.All(topology.Shards(), s => Assert.Equal(3, s.Nodes.Select(topology.ZoneOf).Distinct().Count()));
        Assert.Contains("nothing to do", (await sandbox.RunAsync("bootstrap", members: 9, replicas: 2)).Error);
    }

    [Fact]
    public async Task The_test_of_a_release_writes_and_reads_a_key_of_each_shard()
    {
        await using var sandbox = await JobSandbox.StartAsync();
        var early = await sandbox.RunAsync("test", wait: 0);
        Assert.True(early.ExitCode == 2, early.ToString());
        Assert.Equal(0, (await sandbox.RunAsync("bootstrap")).ExitCode);

        var test = await sandbox.RunAsync("test");

        Assert.True(test.ExitCode == 0, test.ToString());
        Assert.Contains("3 shards keep what is written", test.Output);
        foreach (var shard in (await sandbox.Cluster.TopologyAsync()).Shards())
        {
            Assert.Equal("0", (await sandbox.Cluster.AskAsync(shard.Primary.Member!, "DBSIZE")).AsText() ?? "0");
        }
    }

    /// <summary>It has said what it is going to do, or has ended.</summary>
    private static async Task<bool> BeginsAsync(Process job)
    {
        string? line;
        do
        {
            line = await job.StandardError.ReadLineAsync();
        } while (line is not null && line.Contains("waits for", StringComparison.Ordinal));
        _ = job.StandardError.ReadToEndAsync();
        _ = job.StandardOutput.ReadToEndAsync();
        return line is not null;
    }
}
