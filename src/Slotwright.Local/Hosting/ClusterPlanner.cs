using System.Collections.Immutable;
using System.Net;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Local.Network;
using Slotwright.Local.Servers;
using Slotwright.Local.State;

namespace Slotwright.Local.Hosting;

/// <summary>Decides what a new cluster is: its addresses beside those of the others, its memory.</summary>
internal static class ClusterPlanner
{
    private const string Loopback = "127.0.0.1";

    /// <param name="seed">Where the search for a loopback network begins.</param>
    /// <param name="others">The clusters that exist, running or not.</param>
    /// <param name="machineMemory">Bytes.</param>
    /// <exception cref="OperationFailedException">No addresses are left.</exception>
    public static ClusterFile Plan(
        LocalSpec spec,
        ServerBinary binary,
        string seed,
        ImmutableArray<ClusterFile> others,
        ImmutableArray<Listener> listeners,
        PortRange ephemeral,
        long machineMemory,
        DateTimeOffset now
    )
    {
        var members = spec.MembersOrDefault;
        var network = spec.OwnAddresses == true ? Network(seed, others, listeners) : null;
        var (addresses, nextHost) = network is null
            ? (Shared(spec.BasePort ?? Base(members, others, listeners, ephemeral), members), 0)
            : LoopbackNetworks.Take(network, members, 1, _ => false);
        return new ClusterFile(
            ClusterFile.CurrentVersion,
            spec.Name,
            members,
            spec.ReplicasOrDefault,
            spec.ZonesOrDefault,
            addresses,
            network,
            nextHost,
            LocalSettings.MaxMemory(machineMemory, members),
            spec.Settings,
            ServerRecord.Of(binary),
            now
        );
    }

    /// <summary>The same cluster with more members, each at an address that nobody has; the others stay as they are.</summary>
    /// <param name="members">No more than it has: it stays as it is.</param>
    /// <exception cref="OperationFailedException">No addresses are left.</exception>
    public static ClusterFile Grow(
        ClusterFile cluster,
        int members,
        ImmutableArray<ClusterFile> others,
        ImmutableArray<Listener> listeners,
        PortRange ephemeral
    )
    {
        var missing = members - cluster.Members;
        if (missing <= 0)
        {
            return cluster;
        }
        if (cluster.Network is { } network)
        {
            var (taken, nextHost) = LoopbackNetworks.Take(
                network,
                missing,
                cluster.NextHost,
                address => cluster.Addresses.Contains(address) || IsTaken(address, listeners)
            );
            return cluster with
            {
                Members = members,
                Addresses = [.. cluster.Addresses, .. taken],
                NextHost = nextHost,
            };
        }
        var reserved = Reserved([.. others, cluster]);
        ImmutableArray<NodeAddress> free =
        [
            .. Enumerable
                .Range(cluster.Addresses[0].Port, PortBlocks.Highest(1, ephemeral) - cluster.Addresses[0].Port + 1)
                .Where(port => !reserved.Contains(port) && !reserved.Contains(port + PortBlocks.BusOffset))
                .Select(port => new NodeAddress(Loopback, port))
                .Where(address => !IsTaken(address, listeners))
                .Take(missing),
        ];
        return free.Length == missing
            ? cluster with
            {
                Members = members,
                Addresses = [.. cluster.Addresses, .. free],
            }
            : throw new OperationFailedException(
                $"{cluster.Name} can't have {missing} members more: no ports are free beside its own",
                next: "purge clusters that are not needed: slotwright local list"
            );
    }

    /// <summary>Somebody listens where a member is to listen.</summary>
    public static bool IsTaken(ClusterFile cluster, ImmutableArray<Listener> listeners) =>
        cluster.Addresses.Any(address => IsTaken(address, listeners));

    private static bool IsTaken(NodeAddress address, ImmutableArray<Listener> listeners) =>
        listeners.Any(listener =>
            listener.Takes(IPAddress.Parse(address.Host), address.Port)
            || listener.Takes(IPAddress.Parse(address.Host), address.Port + PortBlocks.BusOffset)
        );

    private static ImmutableArray<NodeAddress> Shared(int basePort, int members) =>
        [.. Enumerable.Range(basePort, members).Select(port => new NodeAddress(Loopback, port))];

    private static int Base(
        int members,
        ImmutableArray<ClusterFile> others,
        ImmutableArray<Listener> listeners,
        PortRange ephemeral
    )
    {
        var address = IPAddress.Parse(Loopback);
        var reserved = Reserved(others);
        return PortBlocks.FirstFree(
                members,
                ephemeral,
                port => reserved.Contains(port) || listeners.Any(listener => listener.Takes(address, port))
            )
            ?? throw new OperationFailedException(
                $"no block of {members} ports is free",
                next: "use --own-addresses, or purge clusters that are not needed: slotwright local list"
            );
    }

    private static HashSet<int> Reserved(ImmutableArray<ClusterFile> clusters) =>
        [
            .. clusters
                .Where(other => !other.HasOwnAddresses)
                .SelectMany(other => other.Addresses)
                .SelectMany(a => new[] { a.Port, a.Port + PortBlocks.BusOffset }),
        ];

    private static string Network(
        string seed,
        ImmutableArray<ClusterFile> others,
        ImmutableArray<Listener> listeners
    ) =>
        LoopbackNetworks.FirstFree(
            seed,
            network =>
                others.Any(other => string.Equals(other.Network, network, StringComparison.Ordinal))
                || listeners.Any(listener =>
                    listener.Address.ToString().StartsWith(network + ".", StringComparison.Ordinal)
                )
        )
        ?? throw new OperationFailedException(
            "no network of loopback addresses is free",
            next: "purge clusters that are not needed: slotwright local list"
        );
}
