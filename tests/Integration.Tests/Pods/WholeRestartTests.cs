using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Pods;

/// <summary>All pods go at once and come back under addresses that nobody had, while clients write.</summary>
public sealed class WholeRestartTests
{
    public static TheoryData<string, bool> Cases { get; } =
        new MatrixTheoryData<string, bool>(
            TestVersions.AllWanted ? TestVersions.All : [TestVersions.Default],
            [false, true]
        );

    [Theory, MemberData(nameof(Cases))]
    public async Task No_write_that_was_acknowledged_is_lost(string version, bool killed)
    {
        await using var pods = await FencedPods.FormAsync(version, appendOnly: true);
        await using var session = pods.NewSession();

        var result = await PodLoad.RunAsync(
            session,
            TimeSpan.FromSeconds(8),
            async () =>
            {
                await Task.WhenAll(pods.All.Select(p => killed ? p.KillAsync() : p.TermAsync()));
                pods.Move();
                await FencedPods.UpAsync(pods.All);
            }
        );

        Assert.Equal(default, result.Ledger.Found);
        Assert.InRange(await pods.CountAsync(), FencedPods.Keys, FencedPods.Keys + result.KeysLeft);
        foreach (var pod in pods.All)
        {
            await pod.BecomesReadyAsync();
        }
    }
}
