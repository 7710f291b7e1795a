using System.Diagnostics;
using Slotwright.Chart.Tests.Rehearsal;
using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Chart.Tests.Adoption;

/// <summary>A live release of the guide's chart becomes one of this chart, member by member, with its volumes.</summary>
[Collection(RehearsalCollection.Name)]
public sealed class AdoptionTests
{
    private const int Keys = 2000;

    [Fact]
    public async Task Ids_slots_keys_and_the_password_stay_and_no_operation_fails()
    {
        await using var rehearsal = await PodRehearsal.StartAsync();
        await GuideUpAsync(rehearsal);
        await using var session = RehearsedLoad.Session(rehearsal, $"{GuideRelease.Name}-auth", GuideRelease.SecretKey);
        await WriteAsync(session);
        var before = await session.ObserveAsync(default);
        var guides = rehearsal.Pods;

        var load = await RehearsedLoad.RunAsync(
            session,
            async () => await rehearsal.UpgradeAsync(await Rendering.OfAsync())
        );

        Assert.Empty(rehearsal.Pods.Intersect(guides));
        Assert.Empty(rehearsal.Trouble);
        Assert.Equal((0L, 0L, default(RingCounts)), (load.Failed, load.Shards.Sum(s => s.FailedReads), load.Found));
        Assert.True(load.Acknowledged > 1000);
        var after = await session.ObserveAsync(default);
        Assert.Empty(Formed.Missing(after));
        Assert.Equal(
            before.Topology.Nodes.Select(n => (n.Hostname, n.Id)).Order(),
            after.Topology.Nodes.Select(n => (n.Hostname, n.Id)).Order()
        );
        Assert.Equal(
            before.Topology.Shards().Select(s => $"{s.Slots}").Order(StringComparer.Ordinal),
            after.Topology.Shards().Select(s => $"{s.Slots}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(Keys, await KeysAsync(session));
        Assert.All(after.Views, v => Assert.StartsWith("az-", v.Report!.Server.Zone)); // told by the bootstrap Job
        Assert.Contains("is formed already: nothing to do", rehearsal.Log);
    }

    private static async Task GuideUpAsync(PodRehearsal rehearsal)
    {
        await rehearsal.ApplyAsync(GuideRelease.Objects);
        var addresses = rehearsal.Pods.Select(p => $"{p.Pod.Status.PodIP}:{RehearsalTarget.Port}").ToArray();
        Assert.True(
            await Wait.UntilAsync(
                async _ => (await Task.WhenAll(rehearsal.Pods.Select(PingAsync))).All(a => a == "PONG"),
                TimeSpan.FromSeconds(30),
                TimeProvider.System,
                default
            ),
            rehearsal.Log
        );
        var create = await CliAsync(["--cluster", "create", .. addresses, "--cluster-replicas", "1", "--cluster-yes"]);
        Assert.Contains("All 16384 slots covered", create);
        await rehearsal.AllReadyAsync();
    }

    private static async Task WriteAsync(ClusterSession session)
    {
        var topology = (await session.ObserveAsync(default)).Topology;
        foreach (var shard in topology.Shards())
        {
            var node = await session.ConnectAsync(topology.Members[shard.Primary.Member!], default);
            foreach (var key in Enumerable.Range(0, Keys).Select(i => $"guide:{i}"))
            {
                if (shard.Slots.Contains(Core.Slots.HashSlot.Of(System.Text.Encoding.UTF8.GetBytes(key))))
                {
                    await node.AskAsync(RespCommand.Of("SET", key, "kept"), default);
                }
            }
        }
    }

    private static async Task<int> KeysAsync(ClusterSession session)
    {
        var topology = (await session.ObserveAsync(default)).Topology;
        var found = 0;
        foreach (var shard in topology.Shards())
        {
            var node = await session.ConnectAsync(topology.Members[shard.Primary.Member!], default);
            var reply = await node.AskAsync(RespCommand.Of("KEYS", "guide:*"), default);
            found += ((RespValue.Array)reply).Items.Length;
        }
        return found;
    }

    private static async Task<string> PingAsync(RehearsedPod pod) =>
        (await CliAsync(["-h", pod.Pod.Status.PodIP, "PING"])).Trim();

    private static async Task<string> CliAsync(string[] arguments)
    {
        var server = await TestServers.Of(TestVersions.Default);
        var start = new ProcessStartInfo(server.Cli!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["REDISCLI_AUTH"] = GuideRelease.Password;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return await output + await error;
    }
}
