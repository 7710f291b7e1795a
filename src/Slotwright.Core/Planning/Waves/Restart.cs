using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Waves;

/// <summary>A member that has its turn in a wave.</summary>
/// <param name="Shard">The primary of its shard; null where it is in none.</param>
internal sealed record Restart(Member Member, Node Node, NodeId? Shard);
