using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Healing;

/// <summary>
/// Corrects what a server would not survive, or not find out by itself: nodes remember each other by address, and when
/// all have new ones nobody finds anybody.
/// </summary>
public static class NodesFileHealing
{
    /// <param name="addresses">The IP address of a hostname now. A node whose name is not among them stays as it is.</param>
    public static (NodesFile File, ImmutableArray<NodesFileChange> Changes) Heal(
        NodesFile file,
        IReadOnlyDictionary<string, string> addresses
    )
    {
        var changes = ImmutableArray.CreateBuilder<NodesFileChange>();
        var shards = file.Nodes.Where(n => n.Primary is null).ToDictionary(n => n.Id, n => n.ShardId);
        var nodes = file
            .Nodes.Select(n => ShardId(Address(file, n, addresses, changes), shards, changes))
            .ToImmutableArray();
        return (file with { Nodes = nodes }, changes.ToImmutable());
    }

    /// <summary>
    /// Who has another address now has started since, so that it had failed is of no account any more. A server would
    /// hold a primary with slots for failed for twice its node timeout.
    /// </summary>
    private static NodesFileLine Address(
        NodesFile file,
        NodesFileLine node,
        IReadOnlyDictionary<string, string> addresses,
        ImmutableArray<NodesFileChange>.Builder changes
    )
    {
        if (!file.IsPeer(node) || !addresses.TryGetValue(node.Hostname, out var ip) || ip == node.Ip)
        {
            return node;
        }
        changes.Add(new NodesFileChange(node.Id, node.Hostname, "address", node.Ip, ip));
        return node.WithIp(ip).WithoutFailure();
    }

    /// <summary>A server refuses to start where a replica's shard-id is not its primary's.</summary>
    private static NodesFileLine ShardId(
        NodesFileLine node,
        Dictionary<NodeId, string?> shards,
        ImmutableArray<NodesFileChange>.Builder changes
    )
    {
        if (
            node is not { Primary: { } primary, ShardId: { } own }
            || shards.GetValueOrDefault(primary) is not { } wanted
            || wanted == own
        )
        {
            return node;
        }
        changes.Add(new NodesFileChange(node.Id, node.Hostname, "shard-id", own, wanted));
        return node.WithShardId(wanted);
    }
}
