using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Local.Hosting;

/// <summary>
/// What a local cluster is asked to be. Null is for what was not said: a default on a new cluster, no matter on one
/// that exists.
/// </summary>
public sealed record LocalSpec
{
    public const string DefaultName = "valkey";

    public string Name { get; init; } = DefaultName;

    /// <summary>Primaries and replicas in all; three primaries and their replicas by default.</summary>
    public int? Members { get; init; }

    /// <summary>0 or more; 1 by default.</summary>
    public int? ReplicasPerPrimary { get; init; }

    /// <summary>1 to 26; 3 by default. Members are given zones in turn.</summary>
    public int? Zones { get; init; }

    /// <summary>Client port of the first member; the first free block from 7400 by default.</summary>
    public int? BasePort { get; init; }

    /// <summary>Each member gets a loopback address 127.x.y.z of its own, port 6379.</summary>
    public bool? OwnAddresses { get; init; }

    /// <summary>valkeyConfig over the defaults: a setting's name to its arguments as valkey.conf has them.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Of the default user; a random one by default. Never printed.</summary>
    public string? Password { private get; init; }

    /// <summary>Leaves the password out.</summary>
    public override string ToString() => $"local cluster {Name}";

    internal string? PasswordOrNull => Password;

    internal int ReplicasOrDefault => ReplicasPerPrimary ?? 1;

    internal int MembersOrDefault => Members ?? 3 * (Math.Clamp(ReplicasOrDefault, 0, ClusterShape.MostMembers) + 1);

    internal int ZonesOrDefault => Zones ?? Math.Min(3, MembersOrDefault);
}
