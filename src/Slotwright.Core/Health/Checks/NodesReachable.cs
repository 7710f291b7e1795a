using System.Collections.Immutable;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health.Checks;

/// <summary>Every member answers.</summary>
internal static class NodesReachable
{
    public static ImmutableArray<Finding> Run(Observation observation) =>
        Check.Of("nodes-reachable", $"all {observation.Views.Length} members answer", Faults(observation));

    private static IEnumerable<Finding> Faults(Observation observation) =>
        observation
            .Views.Where(v => v.Report is null)
            .Select(v => new Finding(
                v.IsBusy ? "node-busy"
                    : v.RefusesPassword ? "password-refused"
                    : "node-unreachable",
                Verdict.Failed,
                v.Label,
                v.Unreachable ?? "it does not answer",
                "what it holds can't be had, and it can't take over for others",
                v.Remedy ?? "start it; see its log if it does not stay"
            ));
}
