using System.Collections.Immutable;
using System.Net;
using Slotwright.Local.Network;
using Slotwright.Local.State;

namespace Slotwright.Local.Hosting;

/// <summary>Gives members other addresses of their cluster's network.</summary>
internal static class NewAddresses
{
    /// <summary>None that a member of the cluster has, and none at which somebody listens.</summary>
    public static ClusterFile Give(
        ClusterFile cluster,
        ImmutableArray<int> ordinals,
        ImmutableArray<Listener> listeners
    )
    {
        var (taken, nextHost) = LoopbackNetworks.Take(
            cluster.Network!,
            ordinals.Length,
            cluster.NextHost,
            address =>
                cluster.Addresses.Contains(address)
                || listeners.Any(listener => listener.Takes(IPAddress.Parse(address.Host), address.Port))
        );
        var addresses = cluster.Addresses.ToBuilder();
        for (var i = 0; i < ordinals.Length; i++)
        {
            addresses[ordinals[i]] = taken[i];
        }
        return cluster with { Addresses = addresses.ToImmutable(), NextHost = nextHost };
    }
}
