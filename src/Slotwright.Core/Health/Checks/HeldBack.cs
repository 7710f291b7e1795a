using System.Collections.Immutable;
using Slotwright.Core.Fencing;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health.Checks;

/// <summary>No server is held back by the fence. Where none is, nothing is said.</summary>
internal static class HeldBack
{
    public static ImmutableArray<Finding> Run(Observation observation) =>
        [
            .. observation
                .Views.Where(v => v.Report is { } report && VoterConfig.IsOf(report.Server))
                .Select(v => HeldBackFinding.Of(v.Label, WaitsFor(v.Report!, observation), again: null)),
        ];

    private static string WaitsFor(NodeReport report, Observation observation)
    {
        var silent = observation
            .Topology.Nodes.Where(n => n.Primary == report.Id && !n.Reachable)
            .Select(n => n.Label)
            .ToArray();
        return silent.Length == 0
            ? "its replicas may have more, and it is being decided who goes on"
            : $"its replicas may have more, and {string.Join(", ", silent)} {(silent.Length == 1 ? "does" : "do")} not answer";
    }
}
