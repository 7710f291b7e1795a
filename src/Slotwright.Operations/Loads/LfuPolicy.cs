using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Operations.Loads;

/// <summary>Whether a server counts how often its keys are used: only where it evicts by that.</summary>
public static class LfuPolicy
{
    /// <returns>False also where the server does not say.</returns>
    public static bool IsOf(Observation observation, Node node) =>
        observation.ReportOf(node.Id)?.Server.EvictionPolicy?.EndsWith("-lfu", StringComparison.Ordinal) == true;
}
