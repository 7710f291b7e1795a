using System.Globalization;
using System.Text;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Clients;

/// <summary>The samples of docs/clients.md do what the page says.</summary>
public sealed class SampleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory(Timeout = 180_000)]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public Task The_Python_sample_follows_a_planned_failover_and_outlives_a_killed_primary(string version) =>
        GoesOnAsync(SampleClient.Python, version);

    [Theory(Timeout = 180_000)]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public Task The_Node_sample_follows_a_planned_failover_and_outlives_a_killed_primary(string version) =>
        GoesOnAsync(SampleClient.Node, version);

    private static async Task GoesOnAsync(Func<string, string, SampleClient> start, string version)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var sandbox = new LocalSandbox();
        await using var host = await sandbox.UpAsync(server: await TestServers.Of(version));
        await using var session = new ClusterSession(host, given: null, TimeProvider.System);
        var formed = await new BootstrapOperation(session, host, new BootstrapOptions()).RunAsync(ct);
        var topology = formed.After.Topology;
        var old = topology.Shards()[0].Primary.Member!;
        var heir = topology.Shards()[0].Replicas[0].Member!;
        var seeds = string.Join(',', topology.Members.Values.Take(2).Select(m => m.Address));
        var password = (await host.GetCredentialsAsync(ct))!.Password;

        using var client = start(seeds, password);
        string[] names = [.. Enumerable.Range(1, 60).Select(n => $"{n}")];
        string[] wanted = [.. names.Select(n => $"sample:{n} {n}")];
        Assert.All(
            topology.Shards(),
            s => Assert.Contains(names, n => s.Slots.Contains(HashSlot.Of(Encoding.UTF8.GetBytes($"sample:{n}"))))
        );
        Assert.Equal(wanted, await client.EchoesAsync(names, ct));
        Assert.Equal(0, await MovedAsync(session, topology.Members[old], ct));

        await PromoteAsync(session, topology.Members[heir], "CLUSTER", "FAILOVER");
        Assert.Equal(wanted, await client.EchoesAsync(names, ct));
        Assert.NotEqual(0, await MovedAsync(session, topology.Members[old], ct));

        await FormedAgainAsync(session, ct);
        await host.KillAsync(heir, ct);
        await PromoteAsync(session, topology.Members[old], "CLUSTER", "FAILOVER", "FORCE");
        Assert.Equal(wanted, await client.EchoesAsync(names, ct));
        Assert.Equal(0, await client.EndAsync(ct));
    }

    /// <summary>Ends when it says of itself that it is a primary.</summary>
    private static async Task PromoteAsync(ClusterSession session, Member replica, params string[] command)
    {
        var ct = TestContext.Current.CancellationToken;
        var connection = await session.ConnectAsync(replica, ct);
        Assert.Equal("OK", (await connection.SendAsync(RespCommand.Of(command), ct)).AsText());
        var promoted = await Wait.UntilAsync(
            async token => (await session.ViewAsync(replica, token)).Report?.Self.Primary is null,
            Patience,
            TimeProvider.System,
            ct
        );
        Assert.True(promoted, $"{replica.Name} was not elected");
    }

    private static async Task FormedAgainAsync(ClusterSession session, CancellationToken ct)
    {
        Observation? seen = null;
        var formed = await Wait.UntilAsync(
            async token => Formed.Missing(seen = await session.ObserveAsync(token)).IsEmpty,
            Patience,
            TimeProvider.System,
            ct
        );
        Assert.True(formed, string.Join("; ", Formed.Missing(seen!)));
    }

    /// <summary>How often a member has answered MOVED.</summary>
    private static async Task<int> MovedAsync(ClusterSession session, Member member, CancellationToken ct)
    {
        const string field = "errorstat_MOVED:count=";
        var connection = await session.ConnectAsync(member, ct);
        var text = (await connection.SendAsync(RespCommand.Of("INFO", "errorstats"), ct)).AsText()!;
        var line = text.Split('\n').FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line[field.Length..], CultureInfo.InvariantCulture);
    }
}
