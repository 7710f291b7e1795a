using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Slotwright.Core.Health;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Bootstrap;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Bootstrap;

/// <summary>Whenever it is stopped, the same command goes on and ends in the same cluster.</summary>
public sealed class ResumeTests
{
    /// <summary>Clusters at a time: forming is mostly waiting.</summary>
    private const int Lanes = 4;

    private const int Seed = 20260;
    private const int MostKills = 4;
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(2);

    [Theory]
    [MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Stopped_after_each_step_it_goes_on_to_the_same_cluster(string version)
    {
        ImmutableArray<string> whole;
        int steps;
        await using (var cluster = await TestCluster.StartAsync(version))
        {
            var report = await cluster.BootstrapAsync();
            whole = Roles(report);
            steps = report.Plan.Stages.Sum(s => s.Steps.Length);
        }
        Assert.Equal(17, steps);

        await Parallel.ForEachAsync(
            Enumerable.Range(1, steps),
            new ParallelOptions { MaxDegreeOfParallelism = Lanes },
            async (stop, _) =>
            {
                await using var cluster = await TestCluster.StartAsync(version);
                var done = 0;
                var options = new BootstrapOptions
                {
                    Hooks = new RunHooks
                    {
                        AfterStep = (_, _) =>
                            Interlocked.Increment(ref done) >= stop
                                ? throw new StoppedHereException()
                                : ValueTask.CompletedTask,
                    },
                };
                await Assert.ThrowsAsync<StoppedHereException>(() => cluster.BootstrapAsync(options));

                var report = await cluster.BootstrapAgainAsync();

                Assert.Empty(Formed.Missing(report.After));
                Assert.Equal(whole, Roles(report));
                var again = await cluster.BootstrapAgainAsync();
                Assert.True(again.Plan.IsEmpty, $"stopped after step {stop}, something was left to do");
            }
        );
    }

    /// <summary>
    /// The program as a user runs it, ended by SIGKILL at moments that differ: some before it does anything, some in
    /// the middle, some while it waits for the cluster to agree.
    /// </summary>
    [Fact]
    public async Task Killed_again_and_again_the_program_goes_on_until_the_cluster_is_formed()
    {
        await using var cluster = await TestCluster.StartAsync();
        var random = new Random(Seed);
        var killed = 0;
        while (true)
        {
            using var program = TestProgram.Start(cluster.Root, "bootstrap");
            var begun = await BeginsAsync(program);
            var span = begun && killed < MostKills ? TimeSpan.FromMilliseconds(random.Next(0, 700)) : MostTime;
            await EndAsync(program, within: span);
            if (program.ExitCode == 0)
            {
                break;
            }
            Assert.Equal(137, program.ExitCode);
            killed++;
        }

        Assert.True(killed > 0, "it was never killed");
        var verify = await cluster.RunAsync("verify");
        Assert.True(verify.ExitCode == 0, verify.ToString());
        Assert.Equal(
            "local:valkey is formed already: nothing to do",
            (await cluster.RunAsync("bootstrap")).Output.Trim()
        );
    }

    private static async Task EndAsync(Process program, TimeSpan within)
    {
        using var span = new CancellationTokenSource(within);
        try
        {
            await program.WaitForExitAsync(span.Token);
        }
        catch (OperationCanceledException)
        {
            program.Kill();
            await program.WaitForExitAsync();
        }
    }

    /// <summary>It has said what it is going to do, or has ended.</summary>
    private static async Task<bool> BeginsAsync(Process program)
    {
        var line = await program.StandardError.ReadLineAsync();
        _ = program.StandardError.ReadToEndAsync();
        _ = program.StandardOutput.ReadToEndAsync();
        return line?.StartsWith("bootstrap:", StringComparison.Ordinal) == true;
    }

    private static ImmutableArray<string> Roles(BootstrapReport report)
    {
        var topology = report.After.Topology;
        return
        [
            .. topology
                .Members.Keys.Select(m => topology.NodeOf(m)!)
                .Select(n =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{n.Member} {n.Slots} {(n.Primary is { } p ? topology.Find(p)!.Member : "")}"
                    )
                ),
        ];
    }
}
