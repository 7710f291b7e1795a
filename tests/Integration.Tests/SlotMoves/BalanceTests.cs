using System.Text.Json;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Drills;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.SlotMoves;

/// <summary>Shards share what lies in slots, and what is done to them.</summary>
public sealed class BalanceTests
{
    private const string Fill =
        "for i=1,tonumber(ARGV[1]) do redis.call('SET', KEYS[1]..i, string.rep('x', tonumber(ARGV[2]))) end";

    /// <summary>All of them are the first shard's: as many slots as the others have, and nearly all keys.</summary>
    private static readonly int[] Crowded = [.. Enumerable.Range(0, 60).Select(i => i * 90)];

    public static TheoryData<string> Versions { get; } = [.. TestVersions.Wanted.Append("8.1").Distinct()];

    [Theory, MemberData(nameof(Versions))]
    public async Task By_keys_every_shard_ends_within_the_threshold_and_no_key_is_lost(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        await FillAsync(cluster, Crowded, keys: 50, bytes: 10);
        await FillAsync(cluster, [12_000], keys: 3, bytes: 10);

        var bySlots = await cluster.RunAsync("rebalance", "--yes", "--format", "json");
        Assert.False(bySlots.Json.GetProperty("changed").GetBoolean());
        var said = await cluster.RunAsync(
            "rebalance",
            "--by",
            "keys",
            "--threshold",
            "5%",
            "--yes",
            "--format",
            "json"
        );

        Assert.True(said.ExitCode == ExitCode.Done, $"{said}");
        var keys = await KeysAsync(cluster);
        Assert.Equal(3003, keys.Sum());
        Assert.All(keys, k => Assert.InRange(k, 1001 * 0.95, 1001 * 1.05));
        var balance = said.Json.GetProperty("plan").GetProperty("balance");
        Assert.Equal("keys", balance.GetProperty("by").GetString());
        Assert.Equal(keys, Shards(balance).Select(s => (long)s.GetProperty("after").GetDouble()));
        Assert.InRange(balance.GetProperty("cost").GetProperty("keys").GetInt64(), 1950, 2050);
        var again = await cluster.RunAsync("rebalance", "--by", "keys", "--threshold", "5%", "--yes");
        Assert.Contains("nothing to do", again.Output);
    }

    [Fact]
    public async Task By_memory_a_few_big_values_outweigh_many_small_keys()
    {
        await using var cluster = await TestCluster.FormAsync();
        await FillAsync(cluster, Crowded[..6], keys: 10, bytes: 20_000);
        await FillAsync(cluster, [6000, 12_000], keys: 300, bytes: 10);

        var said = await cluster.RunAsync("rebalance", "--by", "memory", "--dry-run", "--format", "json");

        Assert.True(said.ExitCode == ExitCode.Differences, $"{said}");
        var balance = said.Json.GetProperty("balance");
        Assert.Equal([6, 0, 0], Shards(balance).Select(s => Heavy(s, "before")));
        Assert.Equal([2, 2, 2], Shards(balance).Select(s => Heavy(s, "after")));
        Assert.All(
            balance.GetProperty("heaviest").EnumerateArray().Take(6),
            h => Assert.Contains(h.GetProperty("slot").GetInt32(), Crowded[..6])
        );
        var text = await cluster.RunAsync("rebalance", "--by", "memory", "--dry-run");
        Assert.Contains("hot slots: ", text.Output);
        Assert.Contains("to be carried: 4 slots, 40 keys, about ", text.Output);
    }

    [Fact]
    public async Task By_cpu_it_is_refused_until_servers_count_and_then_the_busy_slots_part()
    {
        await using var cluster = await TestCluster.FormAsync();
        var refused = await cluster.RunAsync("rebalance", "--by", "cpu", "--yes");
        Assert.Equal(ExitCode.Refused, refused.ExitCode);
        Assert.Contains("cluster-slot-stats-enabled is off", refused.Error);
        Assert.Contains("--enable-slot-stats", refused.Error);

        using var end = new CancellationTokenSource();
        var clients = Task.WhenAll(Crowded[..4].Select(slot => UseAsync(cluster, slot, end.Token)));
        var said = await cluster.RunAsync(
            "rebalance",
            "--by",
            "cpu",
            "--enable-slot-stats",
            "--threshold",
            "60%",
            "--seconds",
            "2",
            "--yes",
            "--format",
            "json"
        );
        await end.CancelAsync();
        await clients;

        Assert.True(said.ExitCode == ExitCode.Done, $"{said}");
        Assert.Contains("cluster-slot-stats-enabled is on now", said.Error);
        var balance = said.Json.GetProperty("plan").GetProperty("balance");
        var heaviest = balance
            .GetProperty("heaviest")
            .EnumerateArray()
            .Take(4)
            .Select(h => h.GetProperty("slot").GetInt32());
        Assert.Equal(Crowded[..4], heaviest.Order());
        Assert.True(said.Json.GetProperty("changed").GetBoolean());
        var byNetwork = await cluster.RunAsync("rebalance", "--by", "network", "--seconds", "1", "--dry-run");
        Assert.True(byNetwork.ExitCode is ExitCode.Done or ExitCode.Differences, $"{byNetwork}");
    }

    [Fact]
    public async Task Weights_that_are_none_are_named_as_they_were_written()
    {
        await using var cluster = await TestCluster.FormAsync();
        var said = await cluster.RunAsync(
            "rebalance",
            "--weight",
            $"{cluster.Name(0)}=much",
            "--weight",
            cluster.Name(1)
        );
        Assert.Equal(ExitCode.Usage, said.ExitCode);
        Assert.Contains($"{cluster.Name(0)} can't have the weight 'much'", said.Error);
        Assert.Contains($"'{cluster.Name(1)}' has no weight; write SHARD=W, such as {cluster.Name(1)}=2", said.Error);
    }

    /// <summary>Of slots with 10 values of 20,000 bytes.</summary>
    private static int Heavy(JsonElement shard, string when) => (int)(shard.GetProperty(when).GetDouble() / 200_000);

    /// <summary>A client that follows nobody: once its slot has gone it is told so, which costs nothing.</summary>
    private static async Task UseAsync(TestCluster cluster, int slot, CancellationToken ct)
    {
        await using var connection = await cluster.Session.OpenAsync(await cluster.MemberAsync(0), default);
        RespCommand[] work = [.. Enumerable.Repeat(RespCommand.Of("SET", SlotTags.Of(slot), "x"), 100)];
        while (!ct.IsCancellationRequested)
        {
            await connection.SendAllAsync([.. work], default);
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private static async Task FillAsync(TestCluster cluster, int[] slots, int keys, int bytes)
    {
        var topology = await cluster.TopologyAsync();
        foreach (var slot in slots)
        {
            await cluster.AskAsync(
                topology.OwnerOf(slot)!.Member!,
                "EVAL",
                Fill,
                "1",
                $"{{{SlotTags.Of(slot)}}}",
                $"{keys}",
                $"{bytes}"
            );
        }
    }

    private static async Task<long[]> KeysAsync(TestCluster cluster)
    {
        var keys = new long[3];
        for (var ordinal = 0; ordinal < keys.Length; ordinal++)
        {
            keys[ordinal] = Assert.IsType<RespValue.Integer>(await cluster.AskAsync(ordinal, "DBSIZE")).Value;
        }
        return keys;
    }

    private static JsonElement[] Shards(JsonElement balance) => [.. balance.GetProperty("shards").EnumerateArray()];
}
