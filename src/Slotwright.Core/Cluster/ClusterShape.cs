namespace Slotwright.Core.Cluster;

/// <summary>What a host was told to have.</summary>
/// <param name="Members">Members in all, primaries and replicas: a multiple of ReplicasPerPrimary + 1.</param>
/// <param name="ReplicasPerPrimary">0 or more.</param>
public sealed record ClusterShape(int Members, int ReplicasPerPrimary)
{
    public int Primaries => Members / (ReplicasPerPrimary + 1);
}
