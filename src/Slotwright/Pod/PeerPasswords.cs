using System.Collections.Immutable;
using System.Net;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Healing;
using Slotwright.Core.Pods;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>Asks the other members which of two passwords they accept.</summary>
/// <param name="nodes">What the member remembers of its cluster.</param>
internal sealed class PeerPasswords(PodEnvironment pod, NodesFile nodes, string secret, string kept, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<PeerPassword[]> AskAsync(CancellationToken ct) =>
        await Task.WhenAll((await AddressesAsync(ct)).Select(address => AskAsync(address, ct)));

    /// <summary>Those that the member remembers, and those that the others' names have now.</summary>
    private async Task<ImmutableHashSet<IPAddress>> AddressesAsync(CancellationToken ct)
    {
        var names = await Task.WhenAll(
            nodes.PeerNames().Append(pod.Service).Select(name => PodNames.ResolveAsync(pod.Paths, name, time, ct))
        );
        return nodes
            .Nodes.Where(n => n is { IsSelf: false, HasAddress: true })
            .Select(n => IPAddress.TryParse(n.Ip, out var ip) ? ip : null)
            .OfType<IPAddress>()
            .Concat(names.SelectMany(all => all))
            .Where(ip => ip.ToString() != pod.Ip)
            .ToImmutableHashSet();
    }

    private async Task<PeerPassword> AskAsync(IPAddress address, CancellationToken ct)
    {
        using var end = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        try
        {
            var node = new NodeAddress(address.ToString(), pod.ClientPort);
            await using var peer = await ValkeyConnection.OpenAsync(
                await TcpDialer.ConnectAsync(node, time, either.Token),
                credentials: null,
                $"{node}",
                either.Token
            );
            return await AskAsync(peer, either.Token);
        }
        catch (Exception e) when (e is OperationFailedException or IOException)
        {
            return PeerPassword.Unknown;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return PeerPassword.Unknown;
        }
    }

    private async Task<PeerPassword> AskAsync(ValkeyConnection peer, CancellationToken ct)
    {
        var refused = false;
        foreach (var (password, which) in new[] { (secret, PeerPassword.Secret), (kept, PeerPassword.Volume) })
        {
            switch (await peer.SendAsync(RespCommand.Of("AUTH", password), ct))
            {
                case RespValue.Simple:
                    return await IsKnownAsync(peer, ct) ? which : PeerPassword.Unknown;
                case RespValue.Error { Code: "WRONGPASS" }:
                    refused = true;
                    break;
            }
        }
        return refused ? PeerPassword.Neither : PeerPassword.Unknown;
    }

    /// <summary>
    /// Not so a member that lost its volume, which has the Secret's password whatever the others have, nor a stranger at
    /// an address that was a member's. One that is loading can't say its id.
    /// </summary>
    private async Task<bool> IsKnownAsync(ValkeyConnection peer, CancellationToken ct) =>
        await peer.SendAsync(RespCommand.Of("CLUSTER", "MYID"), ct) switch
        {
            RespValue.Error { Code: "LOADING" } => true,
            var reply => NodeId.TryParse(reply.AsText(), null, out var id)
                && nodes.Nodes.Any(n => n.Id == id && !n.IsSelf),
        };
}
