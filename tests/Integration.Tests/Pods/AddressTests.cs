using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Healing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Commands;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>Where pods come back to, and whom they find from there.</summary>
public sealed class AddressTests
{
    private const string Elsewhere = "fd00:1:2::3";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Without the guard they do so by luck: they find each other, since each still reaches one of its own at every address,
    /// but in 9 to 36 s, and at times with other roles.
    /// </summary>
    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Members_that_exchange_their_addresses_keep_their_roles(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version);
        var before = await RolesAsync(pods);
        await EndAsync(pods.Pods);
        Permute(pods);

        await UpAsync(pods.Pods);

        Assert.True(await IsWholeAsync(pods, Soon));
        Assert.Equal(before, await RolesAsync(pods));
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Two_clusters_that_exchange_their_addresses_stay_two(string version)
    {
        await using var ours = await PodSandbox.FormAsync(version);
        await using var theirs = await PodSandbox.FormAsync(version);
        var before = (await RolesAsync(ours), await RolesAsync(theirs));
        await EndAsync([.. ours.Pods, .. theirs.Pods]);
        Exchange(ours, theirs);

        await UpAsync([.. ours.Pods, .. theirs.Pods]);

        Assert.True(await IsWholeAsync(ours, Soon));
        Assert.True(await IsWholeAsync(theirs, Soon));
        Assert.Equal(before.Item1, await RolesAsync(ours));
        Assert.Equal(before.Item2, await RolesAsync(theirs));
    }

    [Fact]
    public async Task Without_the_guard_clusters_that_exchange_their_addresses_fall_to_pieces()
    {
        await using var ours = await PodSandbox.FormAsync();
        await using var theirs = await PodSandbox.FormAsync();
        await EndAsync([.. ours.Pods, .. theirs.Pods]);
        Exchange(ours, theirs);

        await UpAsync([.. ours.Pods, .. theirs.Pods], guards: false);

        Assert.False(await IsWholeAsync(ours, LongEnough));
        Assert.False(await IsWholeAsync(theirs, LongEnough));
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Half_of_the_pods_run_and_the_rest_that_comes_later_finds_them(string version)
    {
        await using var pods = await PodSandbox.FormAsync(version, PodSandbox.Config + "cluster-node-timeout 3000\n");
        await EndAsync(pods.Pods);
        TestPod[] first = [pods.Pods[0], pods.Pods[1], pods.Pods[4]];
        TestPod[] rest = [pods.Pods[2], pods.Pods[3], pods.Pods[5]];
        Move(pods, pods.Pods);
        pods.Name(first);

        await UpAsync(first, heldBack: true); // without a key: vk-0, whose replica is not there yet

        Assert.Contains("DNS does not know", first[0].Log);
        Assert.True(await TestCluster.BecomesAsync(() => HasReplicaAsync(first[1])));
        pods.Name(pods.Pods);
        await UpAsync(rest);

        Assert.True(await IsWholeAsync(pods, Soon));
    }

    [Fact]
    public async Task Without_the_guard_the_rest_that_comes_later_stays_away()
    {
        await using var pods = await PodSandbox.FormAsync();
        await EndAsync(pods.Pods);
        Move(pods, pods.Pods);
        pods.Name([.. pods.Pods.Take(3)]);
        await UpAsync(pods.Pods.Take(3), heldBack: true);
        pods.Name(pods.Pods);

        await UpAsync(pods.Pods.Skip(3), guards: false);

        Assert.False(await IsWholeAsync(pods, LongEnough));
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Servers_read_addresses_of_IPv6_that_were_healed(string version)
    {
        await using var pods = await MovedPairAsync(version);
        foreach (var (pod, peer) in new[] { (pods.Pods[0], pods.Pods[1]), (pods.Pods[1], pods.Pods[0]) })
        {
            var disk = new NodesFileOnDisk(pod.PathOf("data/nodes.conf"));
            var names = new Dictionary<string, string>(StringComparer.Ordinal) { [peer.Hostname] = "::1" };
            var change = Assert.Single(disk.Heal(disk.Read()!, names));
            Assert.Equal((Elsewhere, "::1"), (change.From, change.To));
        }

        await UpAsync(pods.Pods, guards: false);

        Assert.True(await TestCluster.BecomesAsync(() => AreLinkedAsync(pods)));
    }

    [Fact]
    public async Task Servers_do_not_find_each_other_at_addresses_of_IPv6_that_were_not_healed()
    {
        await using var pods = await MovedPairAsync(TestVersions.Default);
        await UpAsync(pods.Pods, guards: false);
        Assert.False(
            await Wait.UntilAsync(async _ => await AreLinkedAsync(pods), LongEnough, TimeProvider.System, default)
        );
    }

    /// <summary>
    /// Two servers that have met at ::1 and ended. This machine has no other address of IPv6: that the peer was elsewhere
    /// is written into their files.
    /// </summary>
    private static async Task<PodSandbox> MovedPairAsync(string version)
    {
        var pods = await PodSandbox.StartAsync(0, version);
        var port = LocalSandbox.NextBasePort();
        (pods.Add().Address, pods.Add().Address) = (new("::1", port), new("::1", port + 1));
        await UpAsync(pods.Pods);
        await using (var node = await pods.Pods[0].ConnectAsync())
        {
            await node.MeetAsync(pods.Pods[1].Address, null, default);
        }
        Assert.True(await TestCluster.BecomesAsync(() => AreLinkedAsync(pods)));
        foreach (var pod in pods.Pods)
        {
            await pod.SendAsync("CLUSTER", "SAVECONFIG");
        }
        await EndAsync(pods.Pods);
        foreach (var pod in pods.Pods)
        {
            var lines = pod.Read("data/nodes.conf").Split('\n');
            pod.Write(
                "data/nodes.conf",
                string.Join(
                    '\n',
                    lines.Select(l =>
                        l.Contains("myself", StringComparison.Ordinal)
                            ? l
                            : l.Replace(" ::1:", $" {Elsewhere}:", StringComparison.Ordinal)
                    )
                )
            );
            Assert.Contains($" {Elsewhere}:", pod.Read("data/nodes.conf"), StringComparison.Ordinal);
        }
        return pods;
    }

    /// <summary>Each has had an answer from the other since it started, and knows its name.</summary>
    private static async Task<bool> AreLinkedAsync(PodSandbox pods)
    {
        foreach (var (pod, peer) in new[] { (pods.Pods[0], pods.Pods[1]), (pods.Pods[1], pods.Pods[0]) })
        {
            var heard = (await pod.SendAsync("CLUSTER", "INFO")).AsText()!;
            var known = (await pod.SendAsync("CLUSTER", "NODES")).AsText()!;
            if (
                !heard.Contains("cluster_stats_messages_pong_received:", StringComparison.Ordinal) // not told where it is 0
                || !known.Contains($",{peer.Hostname} ", StringComparison.Ordinal)
            )
            {
                return false;
            }
        }
        return true;
    }

    private static async Task<bool> HasReplicaAsync(TestPod primary)
    {
        if (File.Exists(primary.PathOf(TestPod.HeldBack)))
        {
            return false;
        }
        try
        {
            await using var node = await primary.ConnectAsync();
            return (await node.ServerInfoAsync(default)).ConnectedReplicas > 0;
        }
        catch (IOException) // it is being started
        {
            return false;
        }
    }

    private static void Permute(PodSandbox pods)
    {
        var addresses = pods.Pods.Select(p => p.Address).ToArray();
        for (var i = 0; i < addresses.Length; i++)
        {
            pods.Pods[i].Address = addresses[(i + 1) % addresses.Length];
        }
        pods.Name(pods.Pods);
    }

    private static void Move(PodSandbox pods, IEnumerable<TestPod> moved)
    {
        foreach (var pod in moved)
        {
            pod.Address = pods.NextAddress();
        }
        pods.Name(pods.Pods);
    }

    private static void Exchange(PodSandbox ours, PodSandbox theirs)
    {
        foreach (var (one, other) in ours.Pods.Zip(theirs.Pods))
        {
            (one.Address, other.Address) = (other.Address, one.Address);
        }
        ours.Name(ours.Pods);
        theirs.Name(theirs.Pods);
    }

    private static Task EndAsync(IEnumerable<TestPod> pods) => Task.WhenAll(pods.Select(p => p.KillAsync()));

    private static Task UpAsync(IEnumerable<TestPod> pods, bool guards = true, bool heldBack = false) =>
        Task.WhenAll(pods.Select(p => p.UpAsync(guards, heldBack)));

    private static async Task<bool> IsWholeAsync(PodSandbox pods, TimeSpan deadline)
    {
        await using var session = pods.NewSession();
        return await Wait.UntilAsync(
            async ct =>
            {
                try
                {
                    return Formed.Missing(await session.ObserveAsync(ct)).IsEmpty;
                }
                catch (OperationFailedException) // nobody answers yet
                {
                    return false;
                }
            },
            deadline,
            TimeProvider.System,
            default
        );
    }

    private static async Task<(string, NodeId, NodeId?, string)[]> RolesAsync(PodSandbox pods)
    {
        await using var session = pods.NewSession();
        return
        [
            .. (await session.ObserveAsync(default))
                .Topology.Nodes.OrderBy(n => n.Hostname, StringComparer.Ordinal)
                .Select(n => (n.Hostname, n.Id, n.Primary, $"{n.Slots}")),
        ];
    }
}
