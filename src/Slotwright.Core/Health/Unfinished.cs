using System.Collections.Immutable;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health;

/// <summary>
/// The one cause of many findings: a bootstrap that was cut off. Only of a host's members, which are to be one cluster.
/// </summary>
public static class Unfinished
{
    /// <param name="others">What was found of the same cluster besides.</param>
    /// <returns>What was found, with the cause before all that follows from it.</returns>
    public static ImmutableArray<Finding> First(Observation observation, ImmutableArray<Finding> others) =>
        Cause(observation, others) is { } cause ? others.Insert(0, cause) : others;

    private static Finding? Cause(Observation observation, ImmutableArray<Finding> others)
    {
        var members = observation.Topology.Members.Count;
        var joined = observation.Topology.Nodes.Count(n => n is { Member: not null, Joined: true, Alone: false });
        var isWhole = joined == members || observation.Views.Any(v => v.Report is null);
        return isWhole && others.All(f => f.Code != "setting-left-behind")
            ? null
            : new Finding(
                "bootstrap-unfinished",
                Verdict.Failed,
                "cluster",
                isWhole
                    ? "members were joining, and that was cut off before it had put back its settings"
                    : $"{joined} of {members} members are one cluster: a bootstrap was cut off, or never begun",
                "the findings below may all come from that",
                "slotwright bootstrap goes on where it stopped"
            );
    }
}
