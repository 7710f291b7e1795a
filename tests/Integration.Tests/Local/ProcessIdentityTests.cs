using System.Diagnostics;
using System.Text.Json.Nodes;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Local;

public sealed class ProcessIdentityTests : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    private string Folder => _sandbox.FolderOf("valkey", "valkey-0");

    private string Record => $"{Folder}/process.json";

    [Fact]
    public async Task A_stranger_with_the_recorded_pid_and_start_time_is_never_signalled()
    {
        var host = await _sandbox.UpAsync();
        var server = _sandbox.RecordedPid("valkey", "valkey-0");
        using var stranger = Process.Start(new ProcessStartInfo("sleep", "600") { WorkingDirectory = Folder })!;
        try
        {
            Point("pid", stranger.Id);
            Point("startTime", StartTime(stranger.Id));

            // the server itself is found without its record
            await host.PauseAsync("valkey-0", default);
            Assert.Equal('T', LocalSandbox.StateOf(server));
            await host.ResumeAsync("valkey-0", default);
            await host.KillAsync("valkey-0", default);
            Assert.Null(LocalSandbox.StateOf(server));

            Assert.Equal(MemberPhase.Stopped, (await host.ListMembersAsync(default))[0].Phase);
            await Assert.ThrowsAsync<OperationFailedException>(() => host.PauseAsync("valkey-0", default));
            await host.KillAsync("valkey-0", default);
            await host.StopAsync(LocalHost.DefaultStopDeadline, force: true, default);
            Assert.NotNull(LocalSandbox.StateOf(stranger.Id));
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Theory]
    [InlineData("startTime", 1)]
    [InlineData("bootId", "00000000-0000-0000-0000-000000000000")]
    public async Task A_record_of_another_boot_or_start_is_not_believed(string field, object value)
    {
        var host = await _sandbox.UpAsync();
        var server = _sandbox.RecordedPid("valkey", "valkey-0");
        Point(field, value);
        Assert.Equal(MemberPhase.Running, (await host.ListMembersAsync(default))[0].Phase);
        await host.KillAsync("valkey-0", default);
        Assert.Null(LocalSandbox.StateOf(server));
        Assert.Equal(MemberPhase.Stopped, (await host.ListMembersAsync(default))[0].Phase);
    }

    [Fact]
    public async Task A_shell_in_a_members_folder_is_not_taken_for_its_server()
    {
        var host = await _sandbox.UpAsync();
        await host.KillAsync("valkey-0", default);
        using var shell = Process.Start(
            new ProcessStartInfo("setsid", ["sleep", "600"]) { WorkingDirectory = $"{Folder}/data" }
        )!;
        try
        {
            Assert.Equal(MemberPhase.Stopped, (await host.ListMembersAsync(default))[0].Phase);
            await host.KillAsync("valkey-0", default);
            Assert.NotNull(LocalSandbox.StateOf(shell.Id));
        }
        finally
        {
            shell.Kill();
        }
    }

    [Fact]
    public async Task A_server_whose_record_was_lost_is_found_again_and_gets_no_second_beside_it()
    {
        var host = await _sandbox.UpAsync();
        var server = _sandbox.RecordedPid("valkey", "valkey-0");
        File.Delete(Record);

        var report = await host.StartAsync(default);

        Assert.Empty(report.Started);
        Assert.Equal(6, report.AlreadyRunning.Length);
        await host.StopAsync(LocalHost.DefaultStopDeadline, force: false, default);
        Assert.Null(LocalSandbox.StateOf(server));
    }

    [Fact]
    public async Task A_command_that_was_killed_half_way_is_run_again_and_goes_on()
    {
        var host = await _sandbox.UpAsync();
        // as SIGKILL leaves it: some not started, one started but not recorded, one with half a config
        await host.KillAsync("valkey-4", default);
        await host.KillAsync("valkey-5", default);
        Directory.Delete(_sandbox.FolderOf("valkey", "valkey-5"), recursive: true);
        File.Delete($"{_sandbox.FolderOf("valkey", "valkey-4")}/valkey.conf");
        File.Delete(Record);

        var report = await host.StartAsync(default);

        Assert.Equal("valkey-4 valkey-5", string.Join(' ', report.Started));
        Assert.All(await host.ListMembersAsync(default), m => Assert.Equal(MemberPhase.Running, m.Phase));
    }

    [Fact]
    public async Task What_a_dead_server_had_forked_is_ended_before_its_successor_starts()
    {
        var host = await _sandbox.UpAsync();
        await using (var node = await SlowSaver.MakeAsync(host))
        {
            await node.SendAsync("BGSAVE", "SCHEDULE");
            Assert.True(await BecomesAsync(() => Task.FromResult(Saver() is not null)));
        }
        var saver = Saver()!.Value;
        using (var server = Process.GetProcessById(_sandbox.RecordedPid("valkey", "valkey-0")))
        {
            server.Kill();
        }
        Assert.True(
            await BecomesAsync(async () => (await host.ListMembersAsync(default))[0].Phase == MemberPhase.Stopped)
        );
        Assert.NotNull(LocalSandbox.StateOf(saver));

        await host.StartMembersAsync(["valkey-0"], default);

        Assert.Null(LocalSandbox.StateOf(saver));
        Assert.Equal(6, host.Summary.Running);
    }

    private int? Saver()
    {
        var server = _sandbox.RecordedPid("valkey", "valkey-0");
        return Directory
            .GetDirectories("/proc")
            .Where(p => new FileInfo($"{p}/fd/0").LinkTarget == $"{Folder}/running")
            .Select(p => (int?)int.Parse(Path.GetFileName(p)))
            .FirstOrDefault(pid => pid != server);
    }

    private static Task<bool> BecomesAsync(Func<Task<bool>> condition) =>
        Wait.UntilAsync(async _ => await condition(), TimeSpan.FromSeconds(20), TimeProvider.System, default);

    private void Point(string field, object value)
    {
        var json = JsonNode.Parse(File.ReadAllText(Record))!;
        json["identity"]![field] = JsonValue.Create(value);
        File.WriteAllText(Record, json.ToJsonString());
    }

    private static long StartTime(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19]);
    }
}
