namespace Slotwright.Core.Cluster;

/// <summary>A replica's replication link to its primary; a primary has none.</summary>
public enum LinkState
{
    None,
    Down,
    Syncing,
    InSync,
}
