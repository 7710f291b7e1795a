using System.Collections.Immutable;
using Slotwright.Integration.Tests.Local;
using Slotwright.Integration.Tests.Repair;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Drills;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.SlotMoves;

/// <summary>Slots that the stepwise mover does not take as they are: it says why, and leaves nothing open.</summary>
public sealed class HardSlotTests
{
    private const int Slot = 3300;
    private const int Small = 20_000;
    private const int Flickering = 100;

    private static readonly string Tag = $"{{{SlotTags.Of(Slot)}}}";

    [Fact]
    public async Task A_key_that_would_block_is_found_among_many_before_its_slot_is_opened()
    {
        await using var cluster = await TestCluster.FormAsync();
        await cluster.AskAsync(
            0,
            "EVAL",
            "for i=1,tonumber(ARGV[1]) do redis.call('SET', KEYS[1]..i, 'x') end",
            "1",
            Tag,
            $"{Small}"
        );
        await cluster.AskAsync(0, "SETRANGE", $"{Tag}big", "80000000", "x");

        var refused = await ReshardAsync(cluster, "--mover", "stepwise");
        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("--allow-blocking", refused.Error);
        Assert.Contains("big", refused.Error);
        Assert.Equal(Small + 1, await Crash.KeysAsync(cluster, Slot, 0));
        Assert.All((await cluster.ObserveAsync()).Views, v => Assert.Empty(v.Report!.Self.OpenSlots));

        var moved = await ReshardAsync(cluster, "--mover", "stepwise", "--allow-blocking");
        Assert.True(moved.ExitCode == ExitCode.Done, $"{moved}");
        Assert.Equal(
            (0, Small + 1),
            (await Crash.KeysAsync(cluster, Slot, 0), await Crash.KeysAsync(cluster, Slot, 1))
        );
    }

    /// <summary>It was looked into before it was open, and may have got keys since.</summary>
    [Fact]
    public async Task A_slot_that_is_empty_at_one_moment_and_not_at_the_next_is_moved()
    {
        await using var cluster = await TestCluster.FormAsync();
        using var end = new CancellationTokenSource();
        var writing = FlickerAsync(cluster, end.Token);

        var ranges = $"{Slot}-{Slot + Flickering - 1}";
        var moved = await ReshardRangesAsync(cluster, ranges, "--mover", "stepwise");

        await end.CancelAsync();
        await writing;
        Assert.True(moved.ExitCode == ExitCode.Done, $"{moved}");
    }

    /// <summary>COUNTKEYSINSLOT is of one database, and a slot that changes hands takes the keys of all of them with it.</summary>
    [Fact]
    public async Task Several_databases_go_atomically_or_not_at_all()
    {
        var spec = LocalSandbox.Spec with
        {
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("cluster-databases", "4"),
        };
        await using var cluster = await TestCluster.StartAsync(spec);
        await cluster.BootstrapAsync();
        await cluster.AskAsync(0, "SET", $"{Tag}a", "x");
        await cluster.AskAsync(0, "MOVE", $"{Tag}a", "2");

        var refused = await ReshardAsync(cluster, "--mover", "stepwise");
        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("it has 4 databases", refused.Error);
        Assert.All((await cluster.ObserveAsync()).Views, v => Assert.Empty(v.Report!.Self.OpenSlots));

        var moved = await ReshardAsync(cluster);
        Assert.True(moved.ExitCode == ExitCode.Done, $"{moved}");
        Assert.Contains("db2:keys=1", (await cluster.AskAsync(1, "INFO", "keyspace")).AsText());
    }

    /// <summary>Keys that come and go at the giver, as long as it takes them: then ASK, or MOVED.</summary>
    private static async Task FlickerAsync(TestCluster cluster, CancellationToken end)
    {
        var giver = await cluster.Session.ConnectAsync(await cluster.MemberAsync(0), default);
        string[] keys = [.. Enumerable.Range(Slot, Flickering).Select(slot => $"{{{SlotTags.Of(slot)}}}")];
        while (!end.IsCancellationRequested)
        {
            await giver.SendAllAsync([.. keys.Select(k => RespCommand.Of("SET", k, "x"))], default);
            await giver.SendAllAsync([.. keys.Select(k => RespCommand.Of("DEL", k))], default);
        }
    }

    private static Task<ProgramResult> ReshardAsync(TestCluster cluster, params string[] options) =>
        ReshardRangesAsync(cluster, $"{Slot}", options);

    private static Task<ProgramResult> ReshardRangesAsync(
        TestCluster cluster,
        string ranges,
        params string[] options
    ) =>
        cluster.RunAsync([
            "reshard",
            "--ranges",
            ranges,
            "--from",
            cluster.Name(0),
            "--to",
            cluster.Name(1),
            "--yes",
            .. options,
        ]);
}
