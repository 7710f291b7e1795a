using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Restarts;

/// <summary>Six members that keep append-only files, one shard of which is looked at: a primary and its replica.</summary>
internal sealed class ResumeCluster : IAsyncDisposable
{
    private readonly TestCluster _cluster;
    private readonly string _tag;
    private int _written;

    private ResumeCluster(TestCluster cluster, Member primary, Member replica, string tag)
    {
        _cluster = cluster;
        Primary = primary;
        Replica = replica;
        _tag = tag;
    }

    public LocalHost Host => _cluster.Host;

    /// <summary>The whole cluster.</summary>
    public TestCluster Cluster => _cluster;

    public Member Primary { get; }

    public Member Replica { get; }

    public string DataOfReplica => $"{_cluster.Root}/local/{LocalSpec.DefaultName}/{Replica.Name}/data";

    public string LogOfReplica =>
        File.ReadAllText($"{_cluster.Root}/local/{LocalSpec.DefaultName}/{Replica.Name}/valkey.log");

    public bool IsResuming =>
        File.Exists($"{DataOfReplica}/resume")
        && File.ReadAllText($"{DataOfReplica}/resume").Contains("phase resuming", StringComparison.Ordinal);

    /// <summary>Each write is on the primary's disk when it is answered.</summary>
    public static async Task<ResumeCluster> FormAsync(string version = TestVersions.Default)
    {
        var spec = LocalSandbox.Spec with
        {
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("appendfsync", "always"),
        };
        var cluster = await TestCluster.StartAsync(spec, version);
        try
        {
            await cluster.BootstrapAsync();
            var topology = await cluster.TopologyAsync();
            var shard = topology.Shards()[0];
            var tag = Enumerable
                .Range(0, int.MaxValue)
                .Select(i => $"{i}")
                .First(t => shard.Slots.Contains(HashSlot.Of(System.Text.Encoding.ASCII.GetBytes(t))));
            var resume = new ResumeCluster(
                cluster,
                topology.Members[shard.Primary.Member!],
                topology.Members[shard.Replicas[0].Member!],
                tag
            );
            await resume.WriteAsync(2000);
            return resume;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Each is acknowledged, and confirmed by the replica where that is up.</summary>
    /// <param name="to">The primary by default.</param>
    public async Task WriteAsync(int keys, Member? to = null, bool confirmed = true)
    {
        const string Script = "for i=ARGV[1],ARGV[2] do redis.call('SET', KEYS[1]..i, string.rep('x', 200)) end";
        var last = (_written + keys).ToString(CultureInfo.InvariantCulture);
        await _cluster.AskAsync(
            to ?? Primary,
            ["EVAL", Script, "1", $"{{{_tag}}}", (_written + 1).ToString(CultureInfo.InvariantCulture), last]
        );
        _written += keys;
        if (confirmed)
        {
            Assert.Equal(1, ((RespValue.Integer)await _cluster.AskAsync(to ?? Primary, "WAIT", "1", "20000")).Value);
        }
    }

    public Task<RespValue> AskAsync(Member member, params string[] words) => _cluster.AskAsync(member, words);

    public async Task<string> FieldAsync(Member member, string section, string field)
    {
        var info = (await _cluster.AskAsync(member, "INFO", section)).AsText()!;
        var line = info.Split("\r\n").Single(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return line[(field.Length + 1)..];
    }

    /// <summary>The replica is the shard's primary.</summary>
    public async Task<bool> HasTakenOverAsync() => await FieldAsync(Replica, "replication", "role") == "master";

    public async Task<(string Full, string Partial)> SyncsAsync() =>
        (await FieldAsync(Primary, "stats", "sync_full"), await FieldAsync(Primary, "stats", "sync_partial_ok"));

    /// <summary>Both members of the shard have every key that was acknowledged, and the replica's own file is whole.</summary>
    public async Task ExpectAllAsync()
    {
        foreach (var member in new[] { Primary, Replica })
        {
            var keys = "";
            Assert.True(
                await TestCluster.BecomesAsync(async () => (keys = await KeysAsync(member)) == $"{_written}"),
                $"{member.Name} has {keys} of {_written}"
            );
        }
        Assert.Equal("1", await FieldAsync(Replica, "persistence", "aof_enabled"));
        Assert.Equal("no", await GetAsync(Replica, "cluster-replica-no-failover"));
        Assert.False(IsResuming);
    }

    /// <summary>Keys that were acknowledged and that the member does not have.</summary>
    public async Task<long> MissingAsync(Member member) =>
        _written - ((RespValue.Integer)await _cluster.AskAsync(member, "DBSIZE")).Value;

    /// <summary>As if the program that restarts the replica had been killed there.</summary>
    public async Task CutOffAtAsync(string step)
    {
        Host.ResumeHook = at =>
        {
            if (at == step)
            {
                throw new InvalidOperationException(step);
            }
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Host.RestartAsync([Replica.Name], newAddress: false, kill: false, default)
        );
        Host.ResumeHook = static _ => { };
    }

    public async Task<string> GetAsync(Member member, string setting) =>
        ((RespValue.Array)await _cluster.AskAsync(member, "CONFIG", "GET", setting)).Items[1].AsText()!;

    public Task KillAsync(params Member[] members) => Task.WhenAll(members.Select(m => _cluster.KillAsync(m.Name)));

    public ClusterSession NewSession() => new(Host, null, TimeProvider.System);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private async Task<string> KeysAsync(Member member)
    {
        try
        {
            return $"{((RespValue.Integer)await _cluster.AskAsync(member, "DBSIZE")).Value}";
        }
        catch (Core.Failures.OperationFailedException e)
        {
            return e.Message;
        }
    }
}
