using Slotwright.Integration.Tests.Support;
using Slotwright.Integration.Tests.Waves;
using Slotwright.Operations.SlotMovers;

namespace Slotwright.Integration.Tests.SlotMoves;

/// <summary>The program is killed in the middle of a move; the same command run again finishes it.</summary>
public sealed class CutOffTests
{
    public static TheoryData<string, string, int> Moments { get; } =
    [.. KeyTests.Movers.SelectMany(m => TestSeeds.Wanted.Select(seed => (m.Data.Item1, m.Data.Item2, seed)))];

    public static TheoryData<string, string> Interruptions => KeyTests.Movers;

    [Theory, MemberData(nameof(Moments))]
    public async Task Killed_half_way_and_run_again_it_finishes_and_nothing_is_lost(
        string version,
        string mover,
        int seed
    )
    {
        await using var cluster = await TestCluster.FormAsync(version);
        await MovedRange.FillAsync(cluster);
        var ledger = await Rolling.UnderLoadAsync(
            cluster,
            async () =>
            {
                using (var process = TestProgram.Start(cluster.Root, MovedRange.Arguments(cluster, mover)))
                {
                    await MovedRange.UntilMomentAsync(cluster, mover, seed, () => process.HasExited);
                    process.Kill();
                    await process.WaitForExitAsync();
                }
                var again = await cluster.RunAsync(MovedRange.Arguments(cluster, mover, "fast"));
                Assert.True(again.ExitCode == 0, $"{again}");
            }
        );
        Assert.Equal((0L, default), (ledger.Failed, ledger.Found));
        await MovedRange.IsThereAsync(cluster);
    }

    /// <summary>Ctrl-C: what is open is finished, or ended, first.</summary>
    [Theory, MemberData(nameof(Interruptions))]
    public async Task Interrupted_it_leaves_nothing_open_and_the_same_command_goes_on(string version, string mover)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        await MovedRange.FillAsync(cluster);
        using (var process = TestProgram.Start(cluster.Root, MovedRange.Arguments(cluster, mover)))
        {
            try
            {
                var said = process.StandardError.ReadToEndAsync();
                await MovedRange.UntilMomentAsync(cluster, mover, seed: 1, () => process.HasExited);
                TestProgram.Interrupt(process);
                await process.WaitForExitAsync();

                // a migration that changes owners as the signal comes is waited for
                var isMoved = mover == nameof(MoverChoice.Atomic) && process.ExitCode == ExitCode.Done;
                Assert.True(isMoved || process.ExitCode == ExitCode.Interrupted, await said);
                Assert.DoesNotContain("   at ", await said, StringComparison.Ordinal);
            }
            finally
            {
                process.Kill();
            }
        }
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
                (await cluster.ObserveAsync()).Views.All(v => v.Report?.Self.OpenSlots.IsEmpty == true)
            )
        );
        var again = await cluster.RunAsync(MovedRange.Arguments(cluster, mover, "fast"));
        Assert.True(again.ExitCode == ExitCode.Done, $"{again}");
        Assert.DoesNotContain("left open", again.Error, StringComparison.Ordinal);
        await MovedRange.IsThereAsync(cluster);
    }

    [Fact]
    public async Task What_is_left_open_otherwise_is_what_it_finishes()
    {
        await using var cluster = await TestCluster.FormAsync();
        var (first, second) = (
            (await cluster.TopologyAsync()).NodeOf(cluster.Name(0))!,
            (await cluster.TopologyAsync()).NodeOf(cluster.Name(1))!
        );
        await cluster.AskAsync(1, "CLUSTER", "SETSLOT", "7", "IMPORTING", first.Id.Value);
        await cluster.AskAsync(0, "CLUSTER", "SETSLOT", "7", "MIGRATING", second.Id.Value);
        var said = await cluster.RunAsync("rebalance", "--yes");
        Assert.True(said.ExitCode == 0, $"{said}");
        Assert.Contains("Finish what was left open", said.Error);
        Assert.All((await cluster.ObserveAsync()).Views, v => Assert.Empty(v.Report!.Self.OpenSlots));
    }
}
