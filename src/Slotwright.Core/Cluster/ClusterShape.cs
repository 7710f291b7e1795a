namespace Slotwright.Core.Cluster;

/// <summary>What a host was told to have.</summary>
/// <param name="Members">Members in all, primaries and replicas: a multiple of ReplicasPerPrimary + 1.</param>
/// <param name="ReplicasPerPrimary">0 or more.</param>
public sealed record ClusterShape(int Members, int ReplicasPerPrimary)
{
    /// <summary>Beyond it gossip itself is the load: each node talks of all others.</summary>
    public const int MostMembers = 1000;

    public int Primaries => Members / (ReplicasPerPrimary + 1);
}
