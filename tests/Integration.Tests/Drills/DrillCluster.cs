using System.Collections.Immutable;
using System.Text.Json;
using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Drills;

/// <summary>A cluster to drill on, by the whole program.</summary>
internal sealed class DrillCluster : IAsyncDisposable
{
    private readonly TestCluster _cluster;

    private DrillCluster(TestCluster cluster) => _cluster = cluster;

    public LocalHost Host => _cluster.Host;

    public TestCluster Cluster => _cluster;

    public string Root => _cluster.Root;

    public string Reports => $"{Root}/reports";

    private string Name => Host.Name["local:".Length..];

    /// <summary>Failures are found soon, by configuration: verify would not accept a setting that is none of it.</summary>
    public static async Task<DrillCluster> FormAsync(int nodeTimeout = 1000, string version = TestVersions.Default)
    {
        var spec = new LocalSpec
        {
            OwnAddresses = true,
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add(
                "cluster-node-timeout",
                nodeTimeout.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ),
        };
        var cluster = await TestCluster.StartAsync(spec, version);
        try
        {
            await cluster.BootstrapAsync();
            return new DrillCluster(cluster);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Agents as processes, which also replace who is cut off; they end with the cluster.</summary>
    public async Task WithAgentsAsync()
    {
        await TestProgram.DoneAsync(Root, "up", "--unreachable-failover", "--name", Name);
        using var client = new HttpClient();
        foreach (var metrics in await Host.StartAgentsAsync(wanted: false, default))
        {
            Assert.True(await TestCluster.BecomesAsync(() => WatchesAsync(client, metrics)), $"{metrics}");
        }
    }

    private static async Task<bool> WatchesAsync(HttpClient client, NodeAddress metrics)
    {
        try
        {
            return (await client.GetStringAsync(new Uri($"http://{metrics}/metrics"))).Contains(
                "slotwright_agent_watching 1",
                StringComparison.Ordinal
            );
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public Task<ProgramResult> DrillAsync(string drill, params string[] options) =>
        _cluster.RunAsync([.. Arguments(drill), .. options, "--format", "json"]);

    public IEnumerable<string> Arguments(string drill) => ["drill", drill, "--name", Name, "--yes"];

    /// <summary>The document of a drill that was done to its end and left all well.</summary>
    public async Task<JsonElement> DoneAsync(string drill, params string[] options)
    {
        var result = await DrillAsync(drill, options);
        Assert.True(result.ExitCode is ExitCode.Done or ExitCode.Differences, $"{result}");
        var json = result.Json;
        Assert.True(json.GetProperty("recoveredAfterMs").ValueKind == JsonValueKind.Number, $"{result}");
        Assert.Equal(0, Load(json, "unjudged"));
        Assert.Equal(0, Load(json, "foreign"));
        return json;
    }

    public static long Load(JsonElement drill, string field) => drill.GetProperty("load").GetProperty(field).GetInt64();

    public static string[] Events(JsonElement drill) =>
        [
            .. drill
                .GetProperty("events")
                .EnumerateArray()
                .Select(e => $"{e.GetProperty("member")}: {e.GetProperty("what")}"),
        ];

    public static string[] Findings(JsonElement drill) =>
        [
            .. drill
                .GetProperty("load")
                .GetProperty("findings")
                .EnumerateArray()
                .Select(f => f.GetProperty("code").GetString()!),
        ];

    public async Task AllRunAsync()
    {
        Assert.All(await Host.ListMembersAsync(default), m => Assert.Equal(MemberPhase.Running, m.Phase));
        Assert.False(File.Exists(Hurt));
    }

    /// <summary>All members run, roles are where they were.</summary>
    public async Task IsAsItWasAsync()
    {
        await AllRunAsync();
        var topology = await _cluster.TopologyAsync();
        Assert.Equal(
            [_cluster.Name(0), _cluster.Name(1), _cluster.Name(2)],
            topology.Primaries.Select(p => p.Member).Order(StringComparer.Ordinal)
        );
    }

    public string Hurt => $"{Root}/local/{Name}/hurt.json";

    public Task<RespValue> AskAsync(int ordinal, params string[] words) => _cluster.AskAsync(ordinal, words);

    public async ValueTask DisposeAsync()
    {
        await _cluster.RunAsync("down", "--name", Name, "--yes");
        await _cluster.DisposeAsync();
    }
}
