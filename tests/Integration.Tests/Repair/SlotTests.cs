using Slotwright.Integration.Tests.SlotMoves;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Repair;

/// <summary>Slots that were left open or lost their owner, on real servers: no key is lost, none is overwritten.</summary>
public sealed class SlotTests
{
    /// <summary>Atomic migrations of 9.0 and later refuse slots that are open; before them there is nothing else.</summary>
    public static TheoryData<string> Versions { get; } = ["8.1", "9.1"];

    [Theory, MemberData(nameof(Versions))]
    public async Task Slots_left_open_at_one_end_or_both_are_finished_or_closed_by_where_the_keys_are(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        // 10: at both ends, with keys at both
        await cluster.AskAsync(0, "SET", Crash.Key(10, "old"), "x");
        await Crash.ImportAsync(cluster, 10, at: 1, from: 0);
        await Crash.MigrateAsync(cluster, 10, at: 0, to: 1);
        await Crash.PutAsync(cluster, 10, at: 1, "new");
        // 20: the owner gives it; 30: another takes it and has keys; 40: another takes it and has none
        await cluster.AskAsync(0, "SET", Crash.Key(20, "a"), "x");
        await Crash.MigrateAsync(cluster, 20, at: 0, to: 2);
        await Crash.ImportAsync(cluster, 30, at: 1, from: 0);
        await Crash.PutAsync(cluster, 30, at: 1, "a", "b");
        await cluster.AskAsync(0, "SET", Crash.Key(40, "a"), "x");
        await Crash.ImportAsync(cluster, 40, at: 2, from: 0);
        // 50: on its way from the first to the second, and keys of it at the third
        await cluster.AskAsync(0, "SET", Crash.Key(50, "a"), "x");
        await Crash.StrayAsync(cluster, 50, at: 2, owner: 0, "stray");
        await Crash.MigrateAsync(cluster, 50, at: 0, to: 1);
        var before = await Crash.KeysAsync(cluster);

        var verify = await cluster.RunAsync("verify");
        Assert.Equal(2, verify.ExitCode);
        Assert.Contains("slotwright repair", verify.Output);
        var dry = await cluster.RunAsync("repair", "--dry-run");
        Assert.True(dry.ExitCode == 2, $"{dry}");
        await Crash.RepairAsync(cluster);

        Assert.Equal((8L, 8L), (before, await Crash.KeysAsync(cluster)));
        var owners = new[] { 10, 20, 30, 40, 50 }.Select(s => Crash.OwnerAsync(cluster, s));
        Assert.Equal(
            [cluster.Name(1), cluster.Name(2), cluster.Name(1), cluster.Name(0), cluster.Name(1)],
            (await Task.WhenAll(owners)).Select(n => n.Member)
        );
        Assert.Equal(2, await Crash.KeysAsync(cluster, 50, at: 1));
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Slots_without_owner_go_to_whoever_has_their_keys(string version)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        await cluster.AskAsync(2, "SET", Crash.Key(16000, "a"), "x");
        await Crash.DisownAsync(cluster, 16000);
        await Crash.DisownAsync(cluster, 6000);
        await Crash.RepairAsync(cluster);
        Assert.Equal(cluster.Name(2), (await Crash.OwnerAsync(cluster, 16000)).Member);
        Assert.Equal(1, await Crash.KeysAsync(cluster, 16000, at: 2));
        Assert.NotNull((await Crash.OwnerAsync(cluster, 6000)).Member);
    }

    [Fact]
    public async Task Where_two_have_keys_a_person_decides_and_repair_does_the_rest()
    {
        await using var cluster = await TestCluster.FormAsync();
        await cluster.AskAsync(0, "SET", Crash.Key(10, "mine"), "x");
        await Crash.StrayAsync(cluster, 10, at: 1, owner: 0, "yours");
        await Crash.DisownAsync(cluster, 10);
        var refused = await cluster.RunAsync("repair", "--yes");
        Assert.True(refused.ExitCode == 3, $"{refused}");
        Assert.Contains("several have keys of them", refused.Error);
        Assert.Equal((1L, 1L), (await Crash.KeysAsync(cluster, 10, 0), await Crash.KeysAsync(cluster, 10, 1)));
        // what the finding says
        await cluster.AskAsync(0, "CLUSTER", "ADDSLOTS", "10");
        await Crash.ImportAsync(cluster, 10, at: 1, from: 0);
        Assert.True(await TestCluster.BecomesAsync(async () => (await Crash.OwnerAsync(cluster, 10)) is not null));
        await Crash.RepairAsync(cluster);
        Assert.Equal(2, await Crash.KeysAsync(cluster, 10, at: 1));
    }

    [Fact]
    public async Task A_key_that_two_have_is_overwritten_at_neither()
    {
        await using var cluster = await TestCluster.FormAsync();
        await cluster.AskAsync(0, "SET", Crash.Key(10, "same"), "the owner's");
        await Crash.ImportAsync(cluster, 10, at: 1, from: 2);
        await Crash.PutAsync(cluster, 10, at: 1, "same", "other");
        var refused = await cluster.RunAsync("repair", "--yes");
        Assert.True(refused.ExitCode == 3, $"{refused}");
        Assert.Contains("by the same names", refused.Error);
        Assert.Equal((1L, 2L), (await Crash.KeysAsync(cluster, 10, 0), await Crash.KeysAsync(cluster, 10, 1)));
    }

    /// <summary>Somebody's atomic migration that goes on when repair begins.</summary>
    [Fact]
    public async Task An_atomic_migration_that_goes_on_is_seen_to_its_end()
    {
        await using var cluster = await TestCluster.FormAsync();
        await MovedRange.FillAsync(cluster);
        await cluster.AskAsync(
            0,
            "CLUSTER",
            "MIGRATESLOTS",
            "SLOTSRANGE",
            "1000",
            "2999",
            "NODE",
            await Crash.IdAsync(cluster, 1)
        );
        await Crash.RepairAsync(cluster);
        await MovedRange.IsThereAsync(cluster);
    }
}
