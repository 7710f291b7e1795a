using System.Collections.Immutable;
using System.Net;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;
using Slotwright.Kubernetes.Hosting;
using Slotwright.Local.Fencing;
using Slotwright.Operations.Agent;
using Slotwright.Operations.Agent.Failover;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Connections;

namespace Slotwright.Pod;

/// <summary>A member's pod, as its agent knows it: the others by DNS, without the API server.</summary>
internal sealed class PodAgentPlace(PodEnvironment pod, FailoverOptions failover, TimeProvider time) : IAgentPlace
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private string _kept = "";

    public string Hostname => pod.Fqdn;

    public NodeAddress Server => new(pod.OwnAddress, pod.ClientPort);

    public FailoverOptions Failover => failover;

    public IStartHold StartHold { get; } = new StartHold(pod.Paths.StartHold, pod.Paths.Running, time);

    /// <summary>All agents of a release have the same port.</summary>
    public NodeAddress? AgentOf(NodeAddress node) => node with { Port = pod.AgentPort };

    public Credentials? Credentials() =>
        PodPassword.OfMember(pod) is { } password ? new Credentials(null, password) : null;

    public string? HeldBack()
    {
        try
        {
            return File.ReadAllText(pod.Paths.HeldBack).Trim();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <returns>Null also where DNS is not up to date: it gives another this pod's own address.</returns>
    public async Task<NodeAddress?> ResolveAsync(string hostname, CancellationToken ct)
    {
        var family = IPAddress.Parse(pod.Ip).AddressFamily;
        var addresses = await PodNames.ResolveAsync(pod.Paths, hostname, time, ct);
        return addresses.FirstOrDefault(a => a.AddressFamily == family)?.ToString() is { } address && address != pod.Ip
            ? new NodeAddress(address, pod.ClientPort)
            : null;
    }

    public async Task<ImmutableArray<NodeAddress>> MembersAsync(CancellationToken ct) =>
        [
            .. (await PodNames.ResolveAsync(pod.Paths, pod.Service, time, ct))
                .Select(a => a.ToString())
                .Where(a => a != pod.Ip)
                .Select(a => new NodeAddress(a, pod.ClientPort)),
        ];

    /// <summary>The Jobs' lock is the name of a connection to the first member.</summary>
    public async Task<string?> OperationAsync(CancellationToken ct)
    {
        var first = FirstMember(pod.Fqdn);
        var address = first == pod.Fqdn ? Server : await ResolveAsync(first, ct);
        if (address is null)
        {
            return null;
        }
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await using var connection = await ValkeyConnection.OpenAsync(
                await TcpDialer.ConnectAsync(address.Value, time, either.Token),
                Credentials(),
                first,
                either.Token
            );
            return await ConnectionLock.HolderAsync(connection, either.Token);
        }
        catch (Exception e) when (e is OperationFailedException or IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }

    public void KeepZone(string zone)
    {
        if (zone != _kept)
        {
            KeptZone.Keep(pod.Paths, zone);
            _kept = zone;
        }
    }

    /// <summary>Pods of a StatefulSet differ by the number at the end of their first label.</summary>
    private static string FirstMember(string hostname)
    {
        var dot = hostname.IndexOf('.', StringComparison.Ordinal) is > 0 and var end ? end : hostname.Length;
        var dash = hostname.LastIndexOf('-', dot - 1);
        return dash < 0 ? hostname : $"{hostname[..dash]}-0{hostname[dot..]}";
    }
}
