using Microsoft.Win32.SafeHandles;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Integration.Tests.Support;
using Slotwright.Local.Hosting;
using Slotwright.Local.Processes;
using Slotwright.Local.Servers;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Local;

public sealed class LifecycleTests : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory, MemberData(nameof(TestVersions.Every), MemberType = typeof(TestVersions))]
    public async Task Six_members_start_and_stop_with_their_data_kept_until_they_are_purged(string version)
    {
        var host = await _sandbox.UpAsync(server: await TestServers.Of(version));
        var members = await host.ListMembersAsync(default);
        Assert.Equal("az-a az-b az-c az-a az-b az-c", string.Join(" ", members.Select(m => m.Zone)));
        Assert.All(members, m => Assert.Equal(MemberPhase.Running, m.Phase));
        Assert.All(members, m => Assert.Equal(m.DesiredRevision, m.Revision));

        var stopped = await host.StopAsync(LocalHost.DefaultStopDeadline, force: false, default);
        Assert.Equal(6, stopped.Stopped.Length);
        Assert.All(await host.ListMembersAsync(default), m => Assert.Equal(MemberPhase.Stopped, m.Phase));
        Assert.True(File.Exists($"{_sandbox.FolderOf("valkey", "valkey-0")}/data/nodes.conf"));

        Assert.Equal(6, (await host.StartAsync(default)).Started.Length);
        await Assert.ThrowsAsync<RefusedException>(() => host.PurgeAsync(default));
        await host.StopAsync(LocalHost.DefaultStopDeadline, force: false, default);
        await host.PurgeAsync(default);
        Assert.False(host.Exists);
        Assert.Empty(Directory.GetDirectories(_sandbox.Root.Path + "/local"));
    }

    [Fact]
    public async Task A_start_touches_only_what_does_not_run_and_says_which()
    {
        var host = await _sandbox.UpAsync();
        var before = _sandbox.RecordedPid("valkey", "valkey-1");
        await host.KillAsync("valkey-0", default);
        await host.PauseAsync("valkey-2", default);

        var report = await host.StartAsync(default);

        Assert.Equal("valkey-0", Assert.Single(report.Started));
        Assert.Equal(5, report.AlreadyRunning.Length);
        Assert.Equal("valkey-2", Assert.Single(report.Paused));
        Assert.Equal(before, _sandbox.RecordedPid("valkey", "valkey-1"));
        await host.ResumeAsync("valkey-2", default);
    }

    [Fact]
    public async Task Servers_have_sessions_of_their_own_and_none_of_our_files_and_no_password_in_sight()
    {
        var leaking = $"{_sandbox.Root.Path}/leaking";
        using var inherited = new SafeFileHandle(
            Native.Open(leaking, Native.OpenReadWrite | Native.OpenCreate, 384),
            ownsHandle: true
        );
        var host = await _sandbox.UpAsync();
        var password = (await host.GetCredentialsAsync(default))!.Password;
        await using var held = await host.LockAsync("test", default);
        foreach (var member in await host.ListMembersAsync(default))
        {
            var pid = _sandbox.RecordedPid("valkey", member.Name);
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            Assert.Equal($"{pid}", stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3]);
            Assert.DoesNotContain(password, File.ReadAllText($"/proc/{pid}/cmdline"), StringComparison.Ordinal);
            Assert.DoesNotContain(password, File.ReadAllText($"/proc/{pid}/environ"), StringComparison.Ordinal);
            var files = Directory.GetFileSystemEntries($"/proc/{pid}/fd").Select(fd => new FileInfo(fd).LinkTarget);
            Assert.DoesNotContain(
                files,
                file => file == leaking || file?.EndsWith("/valkey/lock", StringComparison.Ordinal) == true
            );
        }
        Assert.True(password.Length >= 32);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(host.PasswordPath));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData(""" spaces, "quotes", 'more' \x41 # üñ """)]
    public async Task A_password_that_is_handed_in_is_the_servers_whatever_it_is_made_of(string password)
    {
        var host = await _sandbox.UpAsync(LocalSandbox.Spec with { Password = password });
        Assert.Equal(password, (await host.GetCredentialsAsync(default))!.Password);
        Assert.Equal("PONG", await PingAsync(host, password));
        await Assert.ThrowsAsync<OperationFailedException>(() => PingAsync(host, password + "x"));
    }

    [Fact]
    public async Task A_paused_member_ends_cleanly_too()
    {
        var host = await _sandbox.UpAsync();
        await host.PauseAsync("valkey-3", default);
        var report = await host.StopAsync(LocalHost.DefaultStopDeadline, force: false, default);
        Assert.Equal(6, report.Stopped.Length);
        Assert.Empty(report.Killed);
    }

    [Fact]
    public async Task A_member_that_does_not_end_in_time_is_named_and_ended_only_where_force_is_asked_for()
    {
        var host = await _sandbox.UpAsync();
        await (await SlowSaver.MakeAsync(host)).DisposeAsync();

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() =>
            host.StopAsync(TimeSpan.FromSeconds(1), force: false, default)
        );
        Assert.Equal("valkey-0", failure.Member);
        Assert.Equal(1, host.Summary.Running);

        var report = await host.StopAsync(TimeSpan.FromSeconds(1), force: true, default);
        Assert.Equal("valkey-0", Assert.Single(report.Killed));
        Assert.Equal(5, report.AlreadyStopped.Length);
        Assert.Equal(0, host.Summary.Running);
    }

    [Fact]
    public async Task A_cluster_keeps_its_server_and_says_so_where_another_of_its_version_is_named()
    {
        var host = await _sandbox.UpAsync();
        var (root, server) = (_sandbox.Root.Path, host.Summary.Server);
        var other = Path.Combine(root, "valkey-server");
        File.CreateSymbolicLink(other, server);

        var up = await TestProgram.RunAsync(root, "up", "--valkey", other);
        Assert.True(up.ExitCode == 0, up.ToString());
        Assert.Contains($"local:valkey keeps {server}, which it was made with", up.Error);
        Assert.DoesNotContain("keeps", (await TestProgram.RunAsync(root, "up", "--valkey", server)).Error);
    }

    [Fact]
    public async Task What_differs_from_the_cluster_that_exists_is_said_all_at_once()
    {
        var host = await _sandbox.UpAsync();
        Assert.Empty(host.Differences(LocalSandbox.Spec, server: null));
        Assert.True(WantedVersion.TryParse(host.Summary.Version, out var running));
        Assert.Empty(host.Differences(LocalSandbox.Spec with { Members = 6, Zones = 3 }, running));
        Assert.Empty(host.Differences(LocalSandbox.Spec, running.Line));
        Assert.Equal("--valkey", Assert.Single(host.Differences(LocalSandbox.Spec, running with { Patch = 99 })).Where);

        var problems = host.Differences(
            new LocalSpec
            {
                Members = 9,
                ReplicasPerPrimary = 2,
                Zones = 1,
                Password = "other",
            },
            new WantedVersion(8, 0)
        );

        Assert.Equal(
            "--members --replicas-per-primary --zones --valkey --password-file",
            string.Join(' ', problems.Select(p => p.Where))
        );
        await Assert.ThrowsAsync<BadInputException>(async () =>
            await host.CreateAsync(LocalSandbox.Spec, await LocalSandbox.ServerAsync(), default)
        );
    }

    private static async Task<string> PingAsync(LocalHost host, string password)
    {
        var member = (await host.ListMembersAsync(default))[0];
        await using var connection = await ValkeyConnection.OpenAsync(
            await host.ConnectAsync(member.Address, default),
            new Credentials(null, password),
            member.Name,
            default
        );
        return Assert.IsType<RespValue.Simple>(await connection.SendAsync(RespCommand.Of("PING"), default)).Text;
    }
}
