using System.Diagnostics;
using Slotwright.Core.Cluster;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Local;

public sealed class KilledCommandTests : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData("lock")]
    [InlineData("cluster.json")]
    [InlineData("valkey-0/running")]
    [InlineData("valkey-0/valkey.conf")]
    [InlineData("valkey-2/valkey.log")]
    [InlineData("valkey-3/process.json")]
    [InlineData("valkey-5/process.json")]
    public async Task A_command_that_is_killed_while_it_starts_members_is_run_again_and_goes_on(string seen)
    {
        using (var up = await UpProcessAsync())
        {
            Assert.True(
                await Wait.UntilAsync(
                    _ => ValueTask.FromResult(File.Exists($"{_sandbox.Root.Path}/local/valkey/{seen}")),
                    TimeSpan.FromSeconds(60),
                    TimeProvider.System,
                    default
                )
            );
            up.Kill();
            await up.WaitForExitAsync();
        }

        var host = _sandbox.Clusters.Host("valkey");
        if (host.Exists)
        {
            await host.StartAsync(default);
        }
        else
        {
            await _sandbox.UpAsync();
        }

        Assert.All(await host.ListMembersAsync(default), m => Assert.Equal(MemberPhase.Running, m.Phase));
        Assert.Equal(6, Servers());
    }

    private async Task<Process> UpProcessAsync()
    {
        var server = await LocalSandbox.ServerAsync();
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "slotwright"),
            ["up", "--own-addresses", "--valkey", server.Path]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLOTWRIGHT_HOME"] = _sandbox.Root.Path;
        return Process.Start(start)!;
    }

    /// <summary>All processes of this sandbox, however they came to be.</summary>
    private int Servers() =>
        Directory
            .GetDirectories("/proc")
            .Count(p =>
                new FileInfo($"{p}/cwd").LinkTarget?.StartsWith(_sandbox.Root.Path, StringComparison.Ordinal) == true
            );
}
