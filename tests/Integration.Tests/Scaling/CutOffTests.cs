using Slotwright.Core.Cluster;
using Slotwright.Integration.Tests.Support;
using Slotwright.Integration.Tests.Waves;

namespace Slotwright.Integration.Tests.Scaling;

/// <summary>The program is killed while a cluster grows or shrinks; the same command run again ends at what was asked for.</summary>
[Collection(LargeClusters.Name)]
public sealed class CutOffTests
{
    /// <summary>What is seen when it is killed.</summary>
    public static TheoryData<string, string> Moments { get; } =
        new()
        {
            { "5", "members added" },
            { "5", "one of the new replicates" },
            { "5", "slots moved" },
            { "3", "slots moved" },
            { "3", "members forgotten" },
        };

    [Theory, MemberData(nameof(Moments))]
    public async Task Killed_half_way_and_run_again_it_ends_as_asked_and_nothing_is_lost(string shards, string moment)
    {
        await using var cluster = await TestCluster.FormAsync();
        if (shards == "3")
        {
            var grown = await cluster.RunAsync("scale", "--shards", "5", "--yes");
            Assert.True(grown.ExitCode == 0, $"{grown}");
        }
        string[] arguments = ["scale", "--shards", shards, "--pace", "gentle", "--yes"];
        var ledger = await Rolling.UnderLoadAsync(
            cluster,
            async () =>
            {
                using (var process = TestProgram.Start(cluster.Root, arguments))
                {
                    Assert.True(
                        await TestCluster.BecomesAsync(async () =>
                            process.HasExited || HasCome(moment, await cluster.TopologyAsync())
                        )
                    );
                    process.Kill();
                    await process.WaitForExitAsync();
                }
                var again = await TestCluster.BecomesAsync(async () =>
                    (await cluster.RunAsync(arguments)).ExitCode == 0
                );
                Assert.True(again);
            }
        );
        Assert.Equal((0L, default), (ledger.Failed, ledger.Found));
        var after = await cluster.TopologyAsync();
        Assert.Equal(int.Parse(shards), after.Shards().Length);
        Assert.Equal(after.Members.Count, after.Nodes.Length);
        ProgramResult? verified = null;
        var isWell = await TestCluster.BecomesAsync(async () =>
            (verified = await cluster.RunAsync("verify")).ExitCode == 0
        );
        Assert.True(isWell, $"{verified}");
    }

    private static bool HasCome(string moment, Topology topology) =>
        moment switch
        {
            "members added" => topology.Members.Count == 10,
            "one of the new replicates" => topology.Nodes.Any(n =>
                n is { IsPrimary: false } && Ordinal(n, topology) > 5
            ),
            "slots moved" => topology.Nodes.Any(n => Ordinal(n, topology) > 5 && n.Slots.Count is > 0 and < 3000),
            "members forgotten" => topology.Nodes.Any(n => !n.Joined),
            _ => throw new ArgumentException(moment, nameof(moment)),
        };

    private static int Ordinal(Node node, Topology topology) =>
        node.Member is { } name && topology.Members.TryGetValue(name, out var member) ? member.Ordinal : -1;
}
