using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;
using Slotwright.Integration.Tests.Waves;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Scaling;

/// <summary>More shards and fewer, on real servers and under load, with the load's ledger as judge.</summary>
[Collection(LargeClusters.Name)]
public sealed class ScaleTests
{
    private const string Library = "#!lua name=tests\nredis.register_function('one', function() return 1 end)";

    /// <summary>The default's mover is the atomic one, 8.1 has only the stepwise one.</summary>
    public static TheoryData<string> BothMovers { get; } = [.. TestVersions.Wanted.Append("8.1").Distinct()];

    [Theory, MemberData(nameof(BothMovers))]
    public async Task Three_shards_become_five_and_three_again_and_nobody_notices(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        for (var ordinal = 0; ordinal < 3; ordinal++)
        {
            await cluster.AskAsync(ordinal, "FUNCTION", "LOAD", Library);
        }
        var ledger = await Rolling.UnderLoadAsync(
            cluster,
            async () =>
            {
                await ScaleAsync(cluster, "--shards", "5");
                await ExpectAsync(cluster, 5, 1);
                Assert.All(await LibrariesAsync(cluster), l => Assert.Contains("tests", l));
                await ScaleAsync(cluster, "--shards", "3");
                await ExpectAsync(cluster, 3, 1);
            }
        );
        Assert.Equal((0L, default), (ledger.Failed, ledger.Found));
        var verified = await cluster.RunAsync("verify");
        Assert.True(verified.ExitCode == 0, $"{verified}");
    }

    [Fact]
    public async Task Replicas_come_and_go_and_a_primary_that_stays_leaves_its_high_ordinal_first()
    {
        await using var cluster = await TestCluster.FormAsync();
        await ScaleAsync(cluster, "--replicas-per-primary", "2");
        await ExpectAsync(cluster, 3, 2);
        var high = (await cluster.TopologyAsync()).NodeOf(cluster.Name(8))!;
        await cluster.AskAsync(8, "CLUSTER", "FAILOVER");
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.TopologyAsync()).Find(high.Id) is { IsPrimary: true, Slots.IsEmpty: false }
            )
        );
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                await cluster.ObserveAsync() is { Disagreements.IsEmpty: true } seen
                && seen.Topology.Nodes.All(n => n.IsPrimary || n.Link == LinkState.InSync)
            )
        );
        var said = await ScaleAsync(cluster, "--replicas-per-primary", "1");
        Assert.Contains("Hand ", said.Error);
        await ExpectAsync(cluster, 3, 1);
    }

    [Fact]
    public async Task A_volume_that_was_left_is_never_joined_with_what_is_on_it()
    {
        await using var cluster = await TestCluster.FormAsync();
        await ScaleAsync(cluster, "--shards", "4");
        var gone = (await cluster.TopologyAsync()).NodeOf(cluster.Name(6))!.Id;
        await ScaleAsync(cluster, "--shards", "3");

        var refused = await cluster.RunAsync("scale", "--shards", "4", "--yes");
        Assert.Equal(ExitCode.Refused, refused.ExitCode);
        Assert.Contains("--reset-volumes empties it, --delete-volumes takes a new one", refused.Error);
        await ExpectAsync(cluster, 3, 1);

        await ScaleAsync(cluster, "--shards", "4", "--reset-volumes");
        await ExpectAsync(cluster, 4, 1);
        Assert.NotEqual(gone, (await cluster.TopologyAsync()).NodeOf(cluster.Name(6))!.Id);

        await ScaleAsync(cluster, "--shards", "3", "--delete-volumes");
        Assert.False(HasVolume(cluster, 6));
    }

    [Fact]
    public async Task A_volume_that_was_left_can_be_deleted_later()
    {
        await using var cluster = await TestCluster.FormAsync();
        await ScaleAsync(cluster, "--shards", "4");
        await ScaleAsync(cluster, "--shards", "3");
        await ScaleAsync(cluster, "--shards", "3");
        Assert.True(HasVolume(cluster, 6) && HasVolume(cluster, 7));

        var said = await ScaleAsync(cluster, "--shards", "3", "--delete-volumes");
        Assert.Contains($"what {cluster.Name(6)}, {cluster.Name(7)} left is deleted", said.Error);
        Assert.False(HasVolume(cluster, 6) || HasVolume(cluster, 7));
        await ExpectAsync(cluster, 3, 1);
    }

    [Fact]
    public async Task What_can_t_be_had_is_refused_and_nothing_is_changed()
    {
        await using var cluster = await TestCluster.FormAsync();
        var few = await cluster.RunAsync("scale", "--shards", "2", "--yes");
        Assert.Equal(ExitCode.Refused, few.ExitCode);
        Assert.Contains("2 shards are too few", few.Error);
        Assert.Equal(ExitCode.Usage, (await cluster.RunAsync("scale", "--yes")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await cluster.RunAsync("scale", "--shards", "0")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await cluster.RunAsync("scale", "--shards", "1000")).ExitCode);
        var dry = await cluster.RunAsync("scale", "--shards", "5", "--dry-run");
        Assert.Equal(ExitCode.Differences, dry.ExitCode);
        Assert.Equal(ExitCode.Done, (await cluster.RunAsync("scale", "--shards", "3", "--yes")).ExitCode);
        await cluster.KillAsync(cluster.Name(5));
        var down = await cluster.RunAsync("scale", "--shards", "5", "--yes");
        Assert.Equal(ExitCode.Refused, down.ExitCode);
        Assert.Contains("slotwright up starts members that are down", down.Error);
        Assert.Equal(6, (await cluster.Host.ListMembersAsync(default)).Length);
    }

    private static bool HasVolume(TestCluster cluster, int ordinal) =>
        Directory.Exists($"{cluster.Root}/local/{cluster.Host.Name["local:".Length..]}/{cluster.Name(ordinal)}");

    private static async Task<ProgramResult> ScaleAsync(TestCluster cluster, params string[] options)
    {
        var said = await cluster.RunAsync(["scale", .. options, "--pace", "fast", "--yes"]);
        Assert.True(said.ExitCode == 0, $"{said}");
        return said;
    }

    private static async Task ExpectAsync(TestCluster cluster, int shards, int replicas)
    {
        var topology = await cluster.TopologyAsync();
        Assert.Equal(shards, topology.Shards().Length);
        Assert.Equal(shards * (replicas + 1), topology.Members.Count);
        Assert.Equal(topology.Members.Count, topology.Nodes.Length);
        Assert.All(
            topology.Shards(),
            s =>
            {
                Assert.InRange(s.Slots.Count, HashSlot.Count / shards, HashSlot.Count / shards + 1);
                Assert.Equal(replicas, s.Replicas.Count(r => r is { Link: LinkState.InSync }));
            }
        );
        Assert.Equal(default, LayoutDebt.Of(topology) with { ZonePairs = 0 });
    }

    private static async Task<string[]> LibrariesAsync(TestCluster cluster)
    {
        var said = new List<string>();
        foreach (var primary in (await cluster.TopologyAsync()).Voters)
        {
            said.Add($"{Flat(await cluster.AskAsync(primary.Member!, "FUNCTION", "LIST"))}");
        }
        return [.. said];
    }

    private static string Flat(RespValue value) =>
        value is RespValue.Array { Items: var items } ? string.Join(' ', items.Select(Flat)) : value.AsText() ?? "";
}
