using System.Diagnostics;
using Slotwright.Core.Cluster;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Resp;

namespace Slotwright.Integration.Tests.Support;

/// <summary>A server that no cluster of ours knows, in cluster mode, with nothing kept on disk; it ends with the test.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly ClusterSession _session;

    private RawServer(Process process, DirectoryInfo folder, ClusterSession session, NodeAddress address)
    {
        _process = process;
        _folder = folder;
        _session = session;
        Address = address;
    }

    public NodeAddress Address { get; }

    /// <summary>In the network of a cluster and with its password, as two clusters of one team have it.</summary>
    /// <param name="host">The last number of its address; that of no member.</param>
    public static async Task<RawServer> StartBesideAsync(TestCluster cluster, int host)
    {
        var member = await cluster.MemberAsync(0);
        var network = member.Address.Host[..member.Address.Host.LastIndexOf('.')];
        return await StartAsync(cluster, new NodeAddress($"{network}.{host}", member.Address.Port));
    }

    /// <summary>At an address of the cluster's where nobody listens any more.</summary>
    public static async Task<RawServer> StartAsync(TestCluster cluster, NodeAddress address)
    {
        var folder = Directory.CreateTempSubdirectory("slotwright-raw-");
        var password = (await cluster.Host.GetCredentialsAsync(default))!.Password;
        var start = new ProcessStartInfo((await TestServers.Of(TestVersions.Default)).Path, ["-"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
        };
        var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(
            $"""
            bind {address.Host}
            bind-source-addr {address.Host}
            port {address.Port}
            cluster-enabled yes
            cluster-announce-ip {address.Host}
            requirepass {password}
            primaryauth {password}
            save ""

            """
        );
        process.StandardInput.Close();
        _ = process.StandardOutput.ReadToEndAsync();
        var session = new ClusterSession(cluster.Host, null, TimeProvider.System);
        var server = new RawServer(process, folder, session, address);
        Assert.True(await TestCluster.BecomesAsync(server.AnswersAsync), $"no server came up at {address}");
        return server;
    }

    public async Task<NodeId> IdAsync() =>
        await (await _session.ConnectAsync(Address, "raw", default)).MyIdAsync(default);

    /// <summary>Nodes that it has finished getting to know, itself among them.</summary>
    public async Task<int> KnownAsync() =>
        (await (await _session.ConnectAsync(Address, "raw", default)).ReportAsync(default)).Known.Count();

    /// <summary>The reply, which is no error.</summary>
    public async Task<RespValue> AskAsync(params string[] words) =>
        await (await _session.ConnectAsync(Address, "raw", default)).AskAsync(RespCommand.Of(words), default);

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await AskAsync("PING");
            return true;
        }
        catch (Core.Failures.OperationFailedException) when (!_process.HasExited)
        {
            return false;
        }
    }
}
