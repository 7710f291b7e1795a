using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Agents;

/// <summary><c>up --agents</c>: agents as processes that outlive the command, and end with <c>down</c>.</summary>
public sealed class LocalAgentTests : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Agents_are_there_from_up_to_down_and_mend_what_happens_in_between()
    {
        await RunAsync("up", "--own-addresses", "--agents", "--valkey", (await LocalSandbox.ServerAsync()).Path);
        await using var host = _sandbox.Clusters.Open("valkey");
        try
        {
            Assert.Equal(6, await ServingAsync(host));

            await RunAsync("local", "restart", "all", "--new-address");
            Assert.True(await IsWholeAsync(host));
            Assert.Equal(6, await ServingAsync(host));

            await using var session = new ClusterSession(host, given: null, TimeProvider.System);
            var lost = (await session.ObserveAsync(default)).Topology.Shards()[0].Replicas[0];
            await host.KillAsync(lost.Member!, default);
            Directory.Delete($"{_sandbox.FolderOf("valkey", lost.Member!)}/data", recursive: true);
            await RunAsync("local", "start", lost.Member!);
            Assert.True(await IsWholeAsync(host), AgentLog(lost.Member!));
            Assert.NotEqual(lost.Id, (await session.ObserveAsync(default)).Topology.NodeOf(lost.Member!)!.Id);
        }
        finally
        {
            await RunAsync("down");
        }
        Assert.All(
            (await host.ListMembersAsync(default)).Select(m => $"{_sandbox.FolderOf("valkey", m.Name)}/agent"),
            folder => Assert.Null(LocalSandbox.StateOf(LocalSandbox.RecordedPid(folder)))
        );
    }

    private string AgentLog(string member) =>
        File.ReadAllText($"{_sandbox.FolderOf("valkey", member)}/agent/agent.log");

    private Task RunAsync(params string[] arguments) => TestProgram.DoneAsync(_sandbox.Root.Path, arguments);

    /// <summary>How many agents say by HTTP that their member is up.</summary>
    private static async Task<int> ServingAsync(LocalHost host)
    {
        var serving = 0;
        using var client = new HttpClient();
        await Wait.UntilAsync(
            async ct =>
            {
                serving = 0;
                foreach (var metrics in await host.StartAgentsAsync(wanted: false, ct))
                {
                    serving += await SaysUpAsync(client, metrics, ct) ? 1 : 0;
                }
                return serving == 6;
            },
            AgentCluster.Patience,
            TimeProvider.System,
            default
        );
        return serving;
    }

    private static async Task<bool> SaysUpAsync(HttpClient client, NodeAddress metrics, CancellationToken ct)
    {
        try
        {
            var text = await client.GetStringAsync(new Uri($"http://{metrics}/metrics"), ct);
            return text.Contains("slotwright_member_up 1\n", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<bool> IsWholeAsync(LocalHost host)
    {
        await using var session = new ClusterSession(host, given: null, TimeProvider.System);
        return await Wait.UntilAsync(
            async ct => AgentCluster.Missing(await session.ObserveAsync(ct)).Length == 0,
            AgentCluster.Patience,
            TimeProvider.System,
            default
        );
    }
}
