using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Repair;

/// <summary>What is seen of a cluster, and what was asked besides: where the keys are of slots that are in question.</summary>
/// <param name="Seen">With the slots of others of which a node has keys in its <see cref="Node.Strays"/>.</param>
/// <param name="Counts">Of slots in question, at each primary that has keys of them.</param>
public sealed record RepairSight(Observation Seen, ImmutableArray<KeyCount> Counts)
{
    private readonly ILookup<int, KeyCount> _bySlot = Counts.ToLookup(c => c.Slot);

    public ImmutableArray<KeyClash> Clashes { get; init; } = [];

    /// <summary>Atomic migrations that run by themselves.</summary>
    public ImmutableArray<SlotMove> Migrations { get; init; } = [];

    /// <summary>How many replicas each shard should have; null where nobody has said.</summary>
    public int? ReplicasWanted { get; init; }

    public Topology Topology => Seen.Topology;

    public static RepairSight Of(Observation seen, ImmutableArray<KeyCount> counts)
    {
        var kept = counts.Where(c => c.Keys > 0).ToImmutableArray();
        var slots = kept.ToLookup(c => c.Node, c => c.Slot);
        var topology = seen.Topology with
        {
            Nodes =
            [
                .. seen.Topology.Nodes.Select(n => n with { Strays = SlotSet.OfSlots(slots[n.Id]).Except(n.Slots) }),
            ],
        };
        return new RepairSight(seen with { Topology = topology }, kept);
    }

    /// <summary>As it will be by then.</summary>
    public RepairSight After(Topology topology) => this with { Seen = Seen with { Topology = topology } };

    /// <summary>Who has keys of a slot.</summary>
    public IEnumerable<KeyCount> HoldersOf(int slot) => _bySlot[slot];
}
