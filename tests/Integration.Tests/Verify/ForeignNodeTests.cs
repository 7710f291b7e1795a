using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Verify;

public sealed class ForeignNodeTests
{
    [Fact]
    public async Task A_foreign_node_that_somebody_met_is_found()
    {
        await using var cluster = await TestCluster.FormAsync();
        await using var foreign = await RawServer.StartBesideAsync(cluster, 250);
        Assert.Equal(0, (await cluster.RunAsync("verify")).ExitCode);

        await cluster.AskAsync(2, "CLUSTER", "MEET", foreign.Address.Host, $"{foreign.Address.Port}");
        ProgramResult? verify = null;
        Assert.True(
            await TestCluster.BecomesAsync(async () =>
            {
                verify = await cluster.RunAsync("verify");
                return verify.ExitCode == 2;
            })
        );

        Assert.Contains($"{(await foreign.IdAsync()).Short} at {foreign.Address}", verify!.Output);
        Assert.Contains("a node that is no member of this cluster is known to", verify.Output);
        Assert.Equal(3, (await cluster.RunAsync("bootstrap")).ExitCode);
    }
}
