using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Upgrades;

namespace Slotwright.Core.Planning.Waves;

/// <summary>Why a rolling operation does not begin.</summary>
internal static class RollingRefusals
{
    public static ImmutableArray<Finding> Of(
        Observation observation,
        ImmutableSortedDictionary<string, Version> versions,
        RollingFacts facts,
        WaveWish wish
    )
    {
        ImmutableArray<Finding> wrongs = [.. OfVersions(observation, versions, facts)];
        // what is down is brought back first, and what follows from it is looked at after that
        var isDown = observation.Topology.Members.Values.Any(m => Outdated.IsDown(m, observation.Topology));
        return isDown ? wrongs : [.. wrongs, .. WaveTrouble.Of(observation)];
    }

    private static ImmutableArray<Finding> OfVersions(
        Observation observation,
        ImmutableSortedDictionary<string, Version> versions,
        RollingFacts facts
    )
    {
        var newest = versions.Values.DefaultIfEmpty(facts.Target).Max()!;
        var oldest = versions.Values.DefaultIfEmpty(facts.Target).Min()!;
        switch (facts.Kind)
        {
            case RollingKind.Restart when FileFormats.IsOneWay(oldest, newest):
                return [Open(oldest, newest)];
            case RollingKind.Upgrade when FileFormats.AreLost(newest, facts.Target):
                return [OneWay(newest, facts.Target)];
            case RollingKind.Rollback when facts.Target > oldest && facts.Target >= newest:
                return [Forward(newest, facts.Target)];
            case RollingKind.Rollback:
                return NewerData.Refusals(observation, facts.Target);
            default:
                return [];
        }
    }

    private static Finding Open(Version oldest, Version newest) =>
        new(
            "upgrade-open",
            Verdict.Failed,
            "cluster",
            $"members run {oldest} and {newest}: an upgrade is not finished",
            "a restart would take the members that are the way back",
            $"slotwright upgrade --valkey {newest} goes on where it stopped, then upgrade --commit or upgrade --rollback"
        );

    private static Finding OneWay(Version running, Version target) =>
        new(
            "files-unreadable",
            Verdict.Failed,
            "cluster",
            $"members run {running}, and {target} can't read the files that it writes",
            "its servers would not start with their data",
            $"slotwright upgrade --rollback --valkey {target}: each member drops its files and copies everything from a newer primary"
        );

    private static Finding Forward(Version running, Version target) =>
        new(
            "no-way-back",
            Verdict.Failed,
            "cluster",
            $"members run {running}, which is no newer than {target}",
            "a rollback goes to an older version",
            $"slotwright upgrade --valkey {target}"
        );
}
