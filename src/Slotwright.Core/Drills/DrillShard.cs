using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Drills;

/// <summary>A shard as it was when a drill began.</summary>
/// <param name="Primary">Its member; a drill begins only where every node has one.</param>
/// <param name="Epoch">The configuration epoch of the primary: whoever is promoted has a larger one.</param>
public sealed record DrillShard(SlotSet Slots, string Primary, ImmutableArray<string> Replicas, long Epoch)
{
    public IEnumerable<string> Members => Replicas.Prepend(Primary);

    public static ImmutableArray<DrillShard> Of(Topology topology) =>
        [
            .. topology
                .Shards()
                .Select(s => new DrillShard(
                    s.Slots,
                    s.Primary.Member ?? s.Primary.Label,
                    [.. s.Replicas.Select(r => r.Member!)],
                    s.Primary.Epoch
                )),
        ];
}
