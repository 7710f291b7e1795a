using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;
using Slotwright.Local.Servers;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Local;

public sealed class FailedStartTests : IAsyncDisposable
{
    private readonly LocalSandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_who_has_it_and_nothing_is_started()
    {
        var host = await _sandbox.UpAsync(new LocalSpec { Name = "first", BasePort = LocalSandbox.NextBasePort() });
        var port = (await host.ListMembersAsync(default))[0].Address.Port;
        await host.StopAsync(LocalHost.DefaultStopDeadline, force: false, default);
        using var bus = new TcpListener(IPAddress.Loopback, port + 10_002);
        bus.Start();

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => host.StartAsync(default));

        Assert.Contains($"127.0.0.1:{port + 10_002}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"(pid {Environment.ProcessId})", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, host.Summary.Running);

        bus.Stop();
        Assert.Equal(6, (await host.StartAsync(default)).Started.Length);
    }

    [Fact]
    public async Task A_new_cluster_on_taken_ports_leaves_nothing_behind()
    {
        var spec = new LocalSpec { BasePort = LocalSandbox.NextBasePort() };
        using var holder = new TcpListener(IPAddress.Any, spec.BasePort!.Value + 5);
        holder.Start();
        await Assert.ThrowsAsync<OperationFailedException>(() => _sandbox.UpAsync(spec));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_line_that_the_server_does_not_take_is_told_in_its_own_words()
    {
        var spec = LocalSandbox.Spec with
        {
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("maxmemory-policy", "rubbish"),
        };
        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => _sandbox.UpAsync(spec));
        Assert.Contains("maxmemory-policy rubbish", failure.Message, StringComparison.Ordinal);
        Assert.Contains("argument(s) must be one of", failure.Message, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_program_that_ends_at_once_is_no_server()
    {
        var failure = await Assert.ThrowsAsync<OperationFailedException>(() =>
            _sandbox.UpAsync(server: Fake("/bin/true"))
        );
        Assert.Contains("without a word", failure.Message, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_file_that_is_no_program_is_no_server()
    {
        var failure = await Assert.ThrowsAsync<OperationFailedException>(() =>
            _sandbox.UpAsync(server: Fake(Script("rubbish")))
        );
        Assert.Contains("can't be started", failure.Message, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_server_that_was_deleted_is_missed_with_what_brings_it_back()
    {
        var real = await LocalSandbox.ServerAsync();
        var copy = $"{_sandbox.Root.Path}/valkey-server";
        File.CreateSymbolicLink(copy, real.Path);
        var host = await _sandbox.UpAsync(server: real with { Path = copy });
        await host.KillAsync("valkey-1", default);
        File.Delete(copy);

        var failure = await Assert.ThrowsAsync<OperationFailedException>(() => host.StartAsync(default));

        Assert.Contains(copy, failure.Message, StringComparison.Ordinal);
        Assert.Equal("slotwright valkey install 9.1", failure.Next);
        Assert.Equal(5, host.Summary.Running);
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_nothing_behind()
    {
        var deaf = Fake(Script("#!/bin/sh\nexec sleep 600\n"));
        using var cancel = new CancellationTokenSource();
        var host = _sandbox.Clusters.Host("valkey");
        var creation = host.CreateAsync(LocalSandbox.Spec, deaf, cancel.Token);
        var last = _sandbox.FolderOf("valkey", "valkey-5");
        Assert.True(
            await Wait.UntilAsync(
                _ => ValueTask.FromResult(File.Exists($"{last}/process.json")),
                TimeSpan.FromSeconds(20),
                TimeProvider.System,
                default
            )
        );
        var pid = LocalSandbox.RecordedPid(last);
        Assert.NotNull(LocalSandbox.StateOf(pid));

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creation);
        Assert.Null(LocalSandbox.StateOf(pid));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_full_disk_is_named_with_a_remedy()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only the superuser can mount a small disk");
        var disk = Directory.CreateTempSubdirectory("slotwright-disk-").FullName;
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=16k", "none", disk) == 0, "mount fails");
        try
        {
            var clusters = new LocalClusters(new(disk), TimeProvider.System);
            var failure = await Assert.ThrowsAsync<OperationFailedException>(async () =>
                await clusters.Host("valkey").CreateAsync(LocalSandbox.Spec, await LocalSandbox.ServerAsync(), default)
            );
            Assert.Contains($"{disk}/local/valkey", failure.Message, StringComparison.Ordinal);
            Assert.Contains("is full", failure.Message, StringComparison.Ordinal);
            Assert.Contains("make room", failure.Next, StringComparison.Ordinal);
            Assert.Empty(Directory.GetDirectories($"{disk}/local"));
        }
        finally
        {
            await RunAsync("umount", "--lazy", disk);
            Directory.Delete(disk);
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static ServerBinary Fake(string path) => new(path, new Version(9, 1, 0), ServerSource.Path);

    private string Script(string text)
    {
        var path = $"{_sandbox.Root.Path}/script";
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private void AssertNothingIsLeft()
    {
        Assert.Empty(_sandbox.Clusters.List());
        Assert.Empty(Directory.GetDirectories(_sandbox.Root.Path + "/local"));
        Assert.DoesNotContain(
            Directory.GetDirectories("/proc").Select(p => new FileInfo($"{p}/cwd").LinkTarget),
            cwd => cwd is not null && cwd.StartsWith(_sandbox.Root.Path + "/local", StringComparison.Ordinal)
        );
    }
}
