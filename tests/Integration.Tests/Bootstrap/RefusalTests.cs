using System.Net;
using System.Net.Sockets;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Steps;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Bootstrap;

/// <summary>When no cluster is formed, and that then nothing was changed.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task While_a_member_can_not_be_asked_nothing_is_formed()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.Host.PauseAsync("valkey-3", default);

        var result = await cluster.RunAsync("bootstrap", "--wait", "100ms");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("valkey-3", result.Error);
        Assert.Contains("done: nothing", result.Error);
        await cluster.Host.ResumeAsync("valkey-3", default);
        await AssertUntouchedAsync(cluster);
    }

    [Fact]
    public async Task A_member_that_comes_while_it_waits_is_waited_for()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.KillAsync("valkey-3");
        var forming = cluster.BootstrapAsync();
        await cluster.StartMembersAsync("valkey-3");

        var report = await forming;

        Assert.Equal(6, report.After.Topology.Nodes.Count(n => n.Joined));
    }

    [Fact]
    public async Task A_member_that_belongs_to_another_cluster_is_refused()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var foreign = await RawServer.StartBesideAsync(cluster, 250);
        await foreign.AskAsync("CLUSTER", "MEET", (await cluster.MemberAsync(5)).Address.Host, "6379");
        Assert.True(await TestCluster.BecomesAsync(async () => await foreign.KnownAsync() == 2));
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.TopologyAsync()).NodeOf("valkey-5") is { SeesForeign: true }
            )
        );

        var result = await cluster.RunAsync("bootstrap", "--format", "json");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("valkey-5: it knows nodes that are no members here", result.Error);
        var finding = Assert.Single(result.Json.GetProperty("findings").EnumerateArray());
        Assert.Equal("foreign-cluster", finding.GetProperty("code").GetString());
        await AssertUntouchedAsync(cluster, but: "valkey-5");
        Assert.Equal(2, await foreign.KnownAsync());
    }

    [Fact]
    public async Task A_member_that_holds_keys_and_is_not_known_is_refused_until_it_is_empty()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.AskAsync(4, "CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        Assert.True(await TestCluster.BecomesAsync(() => TakesAsync(cluster, "SET", "precious", "1")));

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => cluster.BootstrapAsync());

        Assert.Contains(refusal.Findings, f => f is { Code: "unknown-data", Subject: "valkey-4" });
        Assert.Equal("1", (await cluster.AskAsync(4, "GET", "precious")).AsText());
        await AssertUntouchedAsync(cluster, but: "valkey-4");

        await cluster.AskAsync(4, "FLUSHALL");
        await cluster.AskAsync(4, "CLUSTER", "FLUSHSLOTS");
        Assert.Equal(6, (await cluster.BootstrapAsync()).After.Topology.Nodes.Count(n => n.Joined));
    }

    /// <summary>
    /// Between plan and meeting another server comes to sit at a member's address, with the same password, slots and
    /// data of its own.
    /// </summary>
    [Fact]
    public async Task Nobody_is_told_to_meet_an_address_before_the_node_behind_it_has_said_who_it_is()
    {
        await using var cluster = await TestCluster.StartAsync();
        var address = (await cluster.MemberAsync(4)).Address;
        RawServer? foreign = null;
        var done = 0;
        var options = new BootstrapOptions
        {
            Hooks = new RunHooks
            {
                AfterStep = async (step, _) =>
                {
                    if (step is SetEpoch or AssignSlots && Interlocked.Increment(ref done) == 9)
                    {
                        await cluster.KillAsync("valkey-4");
                        foreign = await RawServer.StartAsync(cluster, address);
                        await foreign.AskAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
                    }
                },
            },
        };

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => cluster.BootstrapAsync(options));

        await using var server = foreign!;
        Assert.Contains("the plan was made for", failure.Message);
        Assert.Equal("valkey-4", failure.Member);
        Assert.Equal(1, await server.KnownAsync());
        Assert.DoesNotContain(
            await server.IdAsync(),
            (await cluster.ObserveAsync())
                .Views.Where(v => v.Member != "valkey-4")
                .SelectMany(v => v.Report!.Peers)
                .Select(p => p.Id)
        );

        // the control: what the server itself would have done
        await cluster.AskAsync(0, "CLUSTER", "MEET", address.Host, $"{address.Port}");
        Assert.True(await TestCluster.BecomesAsync(async () => await server.KnownAsync() > 1));
    }

    [Fact]
    public async Task Of_two_at_once_the_second_is_refused_and_told_who_and_since_when()
    {
        await using var cluster = await TestCluster.StartAsync();
        var reached = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var options = new BootstrapOptions
        {
            Hooks = new RunHooks
            {
                AfterStep = async (_, ct) =>
                {
                    reached.TrySetResult();
                    await goOn.Task.WaitAsync(ct);
                },
            },
        };
        var first = cluster.BootstrapAsync(options);
        await reached.Task;

        var second = await cluster.RunAsync("bootstrap");

        Assert.Equal(3, second.ExitCode);
        Assert.Matches(
            $@"local:valkey is being changed by 'bootstrap' of .* \(process {Environment.ProcessId}\) since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC",
            second.Error
        );
        goOn.SetResult();
        Assert.Equal(6, (await first).After.Topology.Nodes.Count(n => n.Joined));
        Assert.Equal(0, (await cluster.RunAsync("bootstrap")).ExitCode);
    }

    /// <summary>As an attempt leaves them that was cut off while its nodes met: two of three primaries know each other.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_clusters_are_refused_once_no_node_is_getting_to_know_another(bool isMeeting)
    {
        await using var cluster = await TestCluster.StartAsync();
        await GiveSlotsAsync(cluster);
        await MeetAsync(cluster, 0, 3);
        await MeetAsync(cluster, 1, 2);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        if (isMeeting)
        {
            await cluster.AskAsync(0, "CONFIG", "SET", "cluster-node-timeout", "60000");
            var port = $"{((IPEndPoint)silent.LocalEndpoint).Port}";
            await cluster.AskAsync(0, "CLUSTER", "MEET", "127.0.0.1", port, port);
        }
        await cluster.AskAsync(0, "CONFIG", "RESETSTAT");

        var forming = cluster.BootstrapAgainAsync();

        if (!isMeeting)
        {
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => forming);
            Assert.Contains(refusal.Findings, f => f is { Code: "two-clusters", Subject: "valkey-0" });
            return;
        }
        Assert.True(await TestCluster.BecomesAsync(async () => await LooksAsync(cluster) > 1 || forming.IsCompleted));
        await MeetAsync(cluster, 0, 1);
        Assert.Equal(6, (await forming).After.Topology.Nodes.Count(n => n.Joined));
    }

    /// <summary>Epochs and slots as bootstrap gives them.</summary>
    private static async Task GiveSlotsAsync(TestCluster cluster)
    {
        foreach (var (member, epoch, slots) in new[] { (0, 4, "0 5460"), (1, 5, "5461 10922"), (2, 6, "10923 16383") })
        {
            await cluster.AskAsync(member, "CLUSTER", "SET-CONFIG-EPOCH", $"{epoch}");
            await cluster.AskAsync(member, ["CLUSTER", "ADDSLOTSRANGE", .. slots.Split(' ')]);
        }
    }

    private static async Task MeetAsync(TestCluster cluster, int one, int other)
    {
        var address = (await cluster.MemberAsync(other)).Address;
        await cluster.AskAsync(one, "CLUSTER", "MEET", address.Host, $"{address.Port}");
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.ObserveAsync()).Topology is { } topology
                && new[] { one, other }.All(m => topology.NodeOf(cluster.Name(m)) is { Alone: false })
            )
        );
    }

    /// <summary>How often somebody has asked the first for the nodes that it knows.</summary>
    private static async Task<long> LooksAsync(TestCluster cluster) =>
        CommandStats.Calls((await cluster.AskAsync(0, "INFO", "commandstats")).AsText()!, "cluster|nodes");

    private static async Task<bool> TakesAsync(TestCluster cluster, params string[] words)
    {
        var connection = await cluster.Session.ConnectAsync(await cluster.MemberAsync(4), default);
        return await connection.SendAsync(RespCommand.Of(words), default) is not RespValue.Error;
    }

    private static async Task AssertUntouchedAsync(TestCluster cluster, string? but = null) =>
        Assert.All(
            (await cluster.TopologyAsync()).Nodes.Where(n => n.Member is not null && n.Member != but),
            n => Assert.True(n is { Alone: true, Epoch: 0, Slots.IsEmpty: true }, n.ToString())
        );
}
