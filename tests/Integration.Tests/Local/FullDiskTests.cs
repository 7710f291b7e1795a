using System.Diagnostics;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Local;

/// <summary>A cluster whose disk has become full: it is found, and the cluster can still be stopped and deleted.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private const int Slack = 1 << 20;
    private string _disk = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only the superuser can mount a small disk");
        _disk = Directory.CreateTempSubdirectory("slotwright-disk-").FullName;
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=32m", "none", _disk) == 0, "mount fails");
        var server = await LocalSandbox.ServerAsync();
        var up = await TestProgram.RunAsync(
            _disk,
            ["up", "--own-addresses", "--members", "3", "--replicas-per-primary", "0", "--valkey", server.Path]
        );
        Assert.True(up.ExitCode == 0, up.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (_disk.Length > 0)
        {
            await TestProgram.RunAsync(_disk, "down", "--purge", "--yes");
            await RunAsync("umount", "--lazy", _disk);
            Directory.Delete(_disk);
        }
    }

    [Fact]
    public async Task Primaries_that_refuse_writes_are_found_and_the_cluster_can_be_deleted_at_once()
    {
        Assert.Equal(0, (await TestProgram.RunAsync(_disk, "verify")).ExitCode);
        await FillAsync();

        ProgramResult? verify = null;
        var isFound = await TestCluster.BecomesAsync(async () =>
        {
            verify = await TestProgram.RunAsync(_disk, "verify");
            return verify.ExitCode == 2;
        });
        Assert.True(isFound, verify?.ToString());
        Assert.Contains("it can't write its append-only file", verify!.Output);

        var clock = Stopwatch.StartNew();
        var down = await TestProgram.RunAsync(_disk, "down", "--purge", "--yes");
        Assert.True(down.ExitCode == 0, down.ToString());
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"it took {clock.Elapsed}");
        Assert.Empty(Directory.GetDirectories($"{_disk}/local"));
    }

    [Fact]
    public async Task Force_ends_its_members_and_keeps_their_data()
    {
        await FillAsync();
        foreach (var member in new[] { "valkey-0", "valkey-1", "valkey-2" })
        {
            await TestProgram.RunAsync(_disk, "local", "pause", member);
        }
        var down = await TestProgram.RunAsync(_disk, "down", "--force");
        Assert.True(down.ExitCode == 0, down.ToString());
        Assert.True(File.Exists($"{_disk}/local/valkey/valkey-0/data/nodes.conf"));
    }

    /// <summary>Fills the disk, then writes to all slots until the servers' own files do not grow any more.</summary>
    private async Task FillAsync()
    {
        await using (var filler = File.Create($"{_disk}/filler"))
        {
            try
            {
                while (true)
                {
                    await filler.WriteAsync(new byte[Slack]);
                    await filler.FlushAsync();
                }
            }
            catch (IOException)
            {
                // full
            }
        }
        var value = new string('x', 16_384);
        foreach (var key in Enumerable.Range(0, 12))
        {
            await TestProgram.RunAsync(_disk, "exec", "--", "SET", $"{key}", value);
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
