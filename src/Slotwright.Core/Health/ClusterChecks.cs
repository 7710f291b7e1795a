using System.Collections.Immutable;
using Slotwright.Core.Health.Checks;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health;

/// <summary>
/// Every check of a cluster at rest. cluster_state and slots_assigned are asked too, but never suffice: with
/// cluster-require-full-coverage no, both stay fine when a shard is dead.
/// </summary>
public static class ClusterChecks
{
    /// <returns>One finding a check that holds, and one for each thing that does not.</returns>
    public static ImmutableArray<Finding> Run(Observation observation, Expectation wanted) =>
        [
            .. NodesReachable.Run(observation),
            .. NodesAgree.Run(observation, wanted.Former),
            .. HeldBack.Run(observation),
            .. SlotsCovered.Run(observation, wanted.Former),
            .. ReplicasInSync.Run(observation.Topology, wanted),
            .. ZonesSpread.Run(observation.Topology),
            .. NothingOpen.Run(observation),
            .. AppendOnlyWritten.Run(observation),
            .. SnapshotsWritten.Run(observation),
            .. MemoryLeft.Run(observation),
        ];
}
