using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Upgrades;

namespace Slotwright.Core.Planning.Waves;

/// <summary>From what is seen and what is wanted to a plan in waves.</summary>
public static class RollingPlanner
{
    /// <summary>Of a revision that the host has not been given yet.</summary>
    public const string NextRevision = "next";

    /// <exception cref="RefusedException">Nothing may be done as it stands.</exception>
    public static WaveDecision Plan(Observation observation, RollingFacts facts, WaveWish wish)
    {
        var versions = Versions(observation);
        Throw(wish, RollingRefusals.Of(observation, versions, facts, wish));
        var topology = NeedsWish(observation.Topology, facts)
            ? observation.Topology with
            {
                Members = observation.Topology.Members.ToImmutableSortedDictionary(
                    m => m.Key,
                    m =>
                        m.Value with
                        {
                            // whoever was kept at the old version is where it is to be
                            Revision =
                                facts.Kind == RollingKind.Rollback
                                && versions.TryGetValue(m.Key, out var version)
                                && version == facts.Target
                                    ? NextRevision
                                    : m.Value.Revision,
                            DesiredRevision = NextRevision,
                        },
                    StringComparer.Ordinal
                ),
            }
            : observation.Topology;
        var decision = WavePlanner.Plan(
            topology,
            wish with
            {
                KeepsOne =
                    facts.Kind == RollingKind.Upgrade
                    && versions.Values.Any(v => FileFormats.IsOneWay(v, facts.Target)),
                StartsEmpty =
                    facts.Kind == RollingKind.Rollback
                        ? name =>
                            !versions.TryGetValue(name, out var version) || FileFormats.AreLost(version, facts.Target)
                        : static _ => false,
            }
        );
        Throw(wish, decision.Refusals);
        return decision;
    }

    /// <summary>
    /// Whether the host has to be given a new desired revision first. A restart that was cut off goes on; members that are
    /// down say nothing of one.
    /// </summary>
    public static bool NeedsWish(Topology topology, RollingFacts facts) =>
        !facts.IsDesired
        && facts.Kind switch
        {
            RollingKind.Restart => topology.Members.Values.All(m => m.Revision == m.DesiredRevision),
            RollingKind.Commit => false,
            _ => facts.Desired != facts.Target,
        };

    /// <summary>What runs, by member; without those that do not answer.</summary>
    public static ImmutableSortedDictionary<string, Version> Versions(Observation observation) =>
        observation
            .Views.Where(v => v is { Member: not null, Report: not null })
            .ToImmutableSortedDictionary(v => v.Member!, v => v.Report!.Server.Version, StringComparer.Ordinal);

    private static void Throw(WaveWish wish, ImmutableArray<Finding> refusals)
    {
        if (!refusals.IsEmpty)
        {
            throw new RefusedException(wish.Operation, [.. refusals]);
        }
    }
}
