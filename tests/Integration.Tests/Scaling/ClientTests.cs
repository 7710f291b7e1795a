using Slotwright.Integration.Tests.Clients;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Scaling;

/// <summary>Client libraries of someone else's making, at their defaults, while a cluster grows and shrinks.</summary>
[Collection(LargeClusters.Name)]
public sealed class ClientTests
{
    [Theory(Timeout = 300_000), MemberData(nameof(ScaleTests.BothMovers), MemberType = typeof(ScaleTests))]
    public async Task No_error_reaches_the_caller_while_three_shards_become_five_and_three_again(string version)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var cluster = await TestCluster.FormAsync(version);
        var password = (await cluster.Host.GetCredentialsAsync(ct))!.Password;
        var seeds = string.Join(',', (await cluster.Host.ListMembersAsync(ct)).Take(2).Select(m => m.Address));
        using var python = SampleClient.Python(seeds, password);
        using var node = SampleClient.Node(seeds, password);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<int>[] clients = [WriteAsync(python, end.Token), WriteAsync(node, end.Token)];
        foreach (var (shards, pace) in new[] { ("5", "normal"), ("3", "fast") })
        {
            var said = await cluster.RunAsync("scale", "--shards", shards, "--pace", pace, "--yes");
            Assert.True(said.ExitCode == 0, $"{said}");
        }
        await end.CancelAsync();
        Assert.All(await Task.WhenAll(clients), rounds => Assert.InRange(rounds, 2, int.MaxValue));
    }

    /// <returns>How often all names were written and read back.</returns>
    private static async Task<int> WriteAsync(SampleClient client, CancellationToken end)
    {
        string[] names = [.. Enumerable.Range(1, 60).Select(n => $"{n}")];
        string[] wanted = [.. names.Select(n => $"sample:{n} {n}")];
        var rounds = 0;
        for (; rounds < 2 || !end.IsCancellationRequested; rounds++)
        {
            Assert.Equal(wanted, await client.EchoesAsync(names, TestContext.Current.CancellationToken));
        }
        Assert.Equal(0, await client.EndAsync(TestContext.Current.CancellationToken));
        return rounds;
    }
}
