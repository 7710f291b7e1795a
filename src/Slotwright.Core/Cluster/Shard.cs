using System.Collections.Immutable;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Cluster;

/// <summary>A primary and its replicas: derived from a topology, never stored.</summary>
public sealed record Shard(Node Primary, ImmutableArray<Node> Replicas)
{
    public SlotSet Slots => Primary.Slots;

    public IEnumerable<Node> Nodes => Replicas.Prepend(Primary);
}
