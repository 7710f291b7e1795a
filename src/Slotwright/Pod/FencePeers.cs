using System.Collections.Immutable;
using System.Net;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Healing;
using Slotwright.Core.Observing;
using Slotwright.Operations.Targets;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Pod;

/// <summary>
/// Whom the fence asks: the member's replicas, by nodes.conf and by what the others say, some of the others, and the
/// member itself, whose server may run held back.
/// </summary>
/// <param name="nodes">What the member remembers of its cluster; null where nothing is left.</param>
/// <param name="random">So that a dead few don't hide the others for ever.</param>
internal sealed class FencePeers(
    PodEnvironment pod,
    NodesFile? nodes,
    Credentials? credentials,
    Random random,
    TimeProvider time
) : IClusterTarget
{
    /// <summary>Of the others: news of a takeover is everywhere soon, and a thousand members may all be fenced at once.</summary>
    private const int Most = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public string Name => "the release's members";

    public ValueTask<Credentials?> GetCredentialsAsync(CancellationToken ct) => ValueTask.FromResult(credentials);

    public async Task<ImmutableArray<Member>> ListMembersAsync(CancellationToken ct)
    {
        var own = nodes?.Self;
        var remembered = nodes?.Nodes.Where(n => !n.IsSelf && n.HasAddress).ToArray() ?? [];
        var replicas = remembered.Where(n => n.Primary == own!.Id).ToArray();
        var others = remembered
            .Except(replicas)
            .Select(n => n.Ip)
            .Concat(await ResolveAsync([pod.Service], ct))
            .Where(ip => ip != pod.Ip)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        random.Shuffle(others);
        others = [.. others.Take(Most)];
        var named = await ReplicasNamedAsync(others, own?.Id, ct);
        var names = replicas.Select(n => n.Hostname).Concat(named.Select(r => r.Hostname));
        var addresses = replicas
            .Select(n => n.Ip)
            .Concat(named.Select(r => r.Address?.Host ?? ""))
            .Concat(await ResolveAsync(names, ct))
            .Concat(others)
            .Append(own is null ? "" : pod.Ip)
            .Where(ip => ip.Length > 0 && (own is not null || ip != pod.Ip));
        return
        [
            .. addresses
                .Distinct(StringComparer.Ordinal)
                .Select(ip => new NodeAddress(ip, pod.ClientPort))
                .Select((a, i) => new Member($"{a}", i, null, null, MemberPhase.Running, a, "", "", "")),
        ];
    }

    public async ValueTask<Stream> ConnectAsync(NodeAddress address, CancellationToken ct)
    {
        try
        {
            return await TcpDialer.ConnectAsync(address, time, ct);
        }
        catch (IOException e)
        {
            throw new OperationFailedException($"{address} can't be reached: {e.Message}", $"{address}", cause: e);
        }
    }

    /// <summary>The fence changes nothing that an operation could.</summary>
    public Task<IOperationLock> LockAsync(string operation, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<PeerRow[]> ReplicasNamedAsync(IEnumerable<string> others, NodeId? own, CancellationToken ct)
    {
        var views = await Task.WhenAll(others.Select(ip => ViewAsync(new NodeAddress(ip, pod.ClientPort), ct)));
        var rows = views.SelectMany(v => v).ToArray();
        var ids = rows.Where(r => r.Id == own || (own is null && r.Hostname == pod.Fqdn && !r.Slots.IsEmpty))
            .Select(r => r.Id)
            .ToHashSet();
        return [.. rows.Where(r => r.Primary is { } primary && ids.Contains(primary)).DistinctBy(r => r.Id)];
    }

    /// <returns>Nothing where it does not answer.</returns>
    private async Task<ImmutableArray<PeerRow>> ViewAsync(NodeAddress address, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await using var peer = await ValkeyConnection.OpenAsync(
                await TcpDialer.ConnectAsync(address, time, either.Token),
                credentials,
                $"{address}",
                either.Token
            );
            return await peer.PeersAsync(either.Token);
        }
        catch (Exception e) when (e is OperationFailedException or IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return [];
        }
    }

    private async Task<IEnumerable<string>> ResolveAsync(IEnumerable<string> names, CancellationToken ct)
    {
        var family = IPAddress.Parse(pod.Ip).AddressFamily;
        var found = await Task.WhenAll(
            names.Distinct(StringComparer.Ordinal).Select(name => PodNames.ResolveAsync(pod.Paths, name, time, ct))
        );
        return found.SelectMany(all => all).Where(a => a.AddressFamily == family).Select(a => $"{a}");
    }
}
