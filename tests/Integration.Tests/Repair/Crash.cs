using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Drills;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Repair;

/// <summary>By hand, what a crash leaves behind. Primaries are the first three members.</summary>
internal static class Crash
{
    private const int Members = 6;

    public static async Task<string> IdAsync(TestCluster cluster, int ordinal) =>
        (await cluster.TopologyAsync()).NodeOf(cluster.Name(ordinal))!.Id.Value;

    public static async Task ImportAsync(TestCluster cluster, int slot, int at, int from) =>
        await cluster.AskAsync(at, "CLUSTER", "SETSLOT", $"{slot}", "IMPORTING", await IdAsync(cluster, from));

    public static async Task MigrateAsync(TestCluster cluster, int slot, int at, int to) =>
        await cluster.AskAsync(at, "CLUSTER", "SETSLOT", $"{slot}", "MIGRATING", await IdAsync(cluster, to));

    /// <summary>Keys that lie at a node which imports their slot, as MIGRATE leaves them there.</summary>
    public static async Task PutAsync(TestCluster cluster, int slot, int at, params string[] names)
    {
        var node = await cluster.Session.ConnectAsync(await cluster.MemberAsync(at), default);
        var replies = await node.SendAllAsync(
            [
                .. names.SelectMany(n =>
                    new[] { RespCommand.Of("ASKING"), RespCommand.Of("SET", Key(slot, n), $"value of {n} at {at}") }
                ),
            ],
            default
        );
        Assert.DoesNotContain(replies, r => r is RespValue.Error);
    }

    /// <summary>The same where the node has closed the slot again.</summary>
    public static async Task StrayAsync(TestCluster cluster, int slot, int at, int owner, params string[] names)
    {
        await ImportAsync(cluster, slot, at, owner);
        await PutAsync(cluster, slot, at, names);
        await cluster.AskAsync(at, "CLUSTER", "SETSLOT", $"{slot}", "STABLE");
    }

    /// <summary>Nobody has an owner for the slot any more.</summary>
    public static async Task DisownAsync(TestCluster cluster, int slot)
    {
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
            {
                for (var ordinal = 0; ordinal < Members; ordinal++)
                {
                    var node = await cluster.Session.ConnectAsync(await cluster.MemberAsync(ordinal), default);
                    await node.SendAsync(RespCommand.Of("CLUSTER", "DELSLOTS", $"{slot}"), default);
                }
                var seen = await cluster.ObserveAsync();
                return seen.Views.All(v => v.Report!.Known.All(p => !p.Slots.Contains(slot)));
            })
        );
    }

    public static async Task<long> KeysAsync(TestCluster cluster, int slot, int at) =>
        Assert.IsType<RespValue.Integer>(await cluster.AskAsync(at, "CLUSTER", "COUNTKEYSINSLOT", $"{slot}")).Value;

    /// <summary>Keys of all primaries together.</summary>
    public static async Task<long> KeysAsync(TestCluster cluster)
    {
        var sum = 0L;
        foreach (var primary in (await cluster.TopologyAsync()).Voters)
        {
            sum += Assert.IsType<RespValue.Integer>(await cluster.AskAsync(primary.Member!, "DBSIZE")).Value;
        }
        return sum;
    }

    public static string Key(int slot, string name) => $"{{{SlotTags.Of(slot)}}}{name}";

    /// <summary>Repaired, and nothing is left: neither for another repair, nor for verify.</summary>
    public static async Task<ProgramResult> RepairAsync(TestCluster cluster)
    {
        var done = await cluster.RunAsync("repair", "--pace", "fast", "--yes");
        Assert.True(done.ExitCode == 0, $"{done}");
        var again = await cluster.RunAsync("repair");
        Assert.True(again.ExitCode == 0, $"{again}");
        Assert.Contains("repair: nothing to do", again.Output);
        Assert.True(
            await TestCluster.BecomesAsync(async () => (await cluster.RunAsync("verify")).ExitCode == 0),
            $"{await cluster.RunAsync("verify")}"
        );
        return done;
    }

    public static async Task<Node> OwnerAsync(TestCluster cluster, int slot) =>
        (await cluster.TopologyAsync()).OwnerOf(slot)!;
}
