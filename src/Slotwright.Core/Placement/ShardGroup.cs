namespace Slotwright.Core.Placement;

/// <summary>Shards that are alike as long as nothing but their nodes' number is settled.</summary>
/// <param name="Home">Zone that each of them must have a node in, for its primary; -1 where there is none.</param>
/// <param name="Shards">Number of shards, 1 or more.</param>
/// <param name="Room">Most nodes that they take in all.</param>
internal readonly record struct ShardGroup(int Home, int Shards, int Room);
