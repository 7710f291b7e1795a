using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.SlotMovers;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.SlotMoves;

/// <summary>What lies in slots arrives as it was.</summary>
public sealed class KeyTests
{
    /// <summary>All of them lie in slot 3300, which the first shard owns.</summary>
    private static readonly string[][] Writes =
    [
        ["SET", "{b}text", "x"],
        ["SET", "{b}bytes", "\u0000\r\n\u00ff"],
        ["SET", "{b}number", "12345"],
        ["SET", "{b}volatile", "x", "PX", "3600000"],
        ["SETBIT", "{b}bits", "70000", "1"],
        ["PFADD", "{b}log", "a", "b", "c"],
        ["RPUSH", "{b}list", "a", "b", "c"],
        ["SADD", "{b}set", "a", "b", "c"],
        ["SADD", "{b}ints", "1", "2", "3"],
        ["HSET", "{b}hash", "f", "v", "g", "w"],
        ["ZADD", "{b}sorted", "1.5", "a", "2", "b"],
        ["GEOADD", "{b}places", "13.4", "52.5", "Berlin"],
        ["XADD", "{b}stream", "1-1", "f", "v"],
        ["XADD", "{b}stream", "1-2", "f", "w"],
        ["XGROUP", "CREATE", "{b}stream", "readers", "0"],
        ["XREADGROUP", "GROUP", "readers", "one", "COUNT", "1", "STREAMS", "{b}stream", ">"],
    ];

    /// <summary>On 9.0 and later the stepwise one is what the atomic one falls back to.</summary>
    public static TheoryData<string, string> Movers { get; } = Chosen();

    [Theory, MemberData(nameof(Movers))]
    public async Task Every_type_arrives_as_it_was(string version, string mover)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        foreach (var write in Writes)
        {
            await cluster.AskAsync(0, write);
        }
        // of a stream's consumers, an atomic migration tells anew when they were seen last
        var keys = Writes.Where(w => !w[0].StartsWith('X')).Select(w => w[1]).Distinct().ToArray();
        var stream = await StreamAsync(cluster, 0);
        var before = await DumpsAsync(cluster, 0, keys);
        var expiry = await ExpiryAsync(cluster, 0);

        await Moving.ReshardAsync(
            cluster,
            Moving.FirstToSecond(cluster, SlotSet.Of(3300, 3300)),
            Moving.By(Enum.Parse<MoverChoice>(mover))
        );

        Assert.Equal(before, await DumpsAsync(cluster, 1, keys));
        Assert.InRange(await ExpiryAsync(cluster, 1), expiry - 1000, expiry + 1000);
        Assert.Equal(new RespValue.Integer(0), await cluster.AskAsync(0, "CLUSTER", "COUNTKEYSINSLOT", "3300"));
        Assert.Equal(stream, await StreamAsync(cluster, 1));
    }

    /// <summary>Its entries, and what its group has read and not acknowledged.</summary>
    private static async Task<(RespValue, RespValue)> StreamAsync(TestCluster cluster, int ordinal) =>
        (
            await cluster.AskAsync(ordinal, "XRANGE", "{b}stream", "-", "+"),
            await cluster.AskAsync(ordinal, "XPENDING", "{b}stream", "readers")
        );

    private static async Task<string[]> DumpsAsync(TestCluster cluster, int ordinal, string[] keys)
    {
        var dumps = new List<string>();
        foreach (var key in keys)
        {
            var dump = Assert.IsType<RespValue.Bulk>(await cluster.AskAsync(ordinal, "DUMP", key));
            dumps.Add($"{key} {Convert.ToHexString(dump.Bytes.Span)}");
        }
        return [.. dumps];
    }

    private static async Task<long> ExpiryAsync(TestCluster cluster, int ordinal) =>
        Assert.IsType<RespValue.Integer>(await cluster.AskAsync(ordinal, "PEXPIRETIME", "{b}volatile")).Value;

    private static TheoryData<string, string> Chosen()
    {
        var data = new TheoryData<string, string>();
        foreach (var version in TestVersions.Wanted.Append("8.1").Distinct())
        {
            data.Add(version, nameof(MoverChoice.Stepwise));
        }
        data.Add(TestVersions.Default, nameof(MoverChoice.Atomic));
        return data;
    }
}
