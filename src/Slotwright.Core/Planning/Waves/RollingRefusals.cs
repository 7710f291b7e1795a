using System.Collections.Immutable;
using Slotwright.Core.Cluster;
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
        ImmutableArray<Finding> wrongs =
        [
            .. OfVersions(observation, versions, facts),
            .. observation.Topology.Shards().Where(IsGone).Select(Gone),
        ];
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
            case RollingKind.Restart or RollingKind.Commit when FileFormats.AreLost(newest, facts.Desired):
                return [GoingBack(newest, facts.Desired)];
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

    /// <summary>A lone primary that is down is brought back by its restart; of several, who has the data is not known here.</summary>
    private static bool IsGone(Shard shard) =>
        !shard.Replicas.IsEmpty && !shard.Primary.Reachable && shard.Replicas.All(r => !r.Reachable);

    private static Finding Gone(Shard shard) =>
        new(
            "shard-down",
            Verdict.Failed,
            shard.Primary.Label,
            $"no member of its shard answers, {string.Join(", ", shard.Replicas.Select(r => r.Label))} neither",
            "restarted one after the other they would wait for each other, and one with older data could come first",
            "slotwright up starts them together; slotwright recover shows the ways out where that does not do"
        );

    private static Finding GoingBack(Version newest, Version desired) =>
        new(
            "rollback-open",
            Verdict.Failed,
            "cluster",
            $"members run {newest} and are to run {desired}: a rollback is not finished",
            $"{desired} can't read the files that {newest} writes",
            $"slotwright upgrade --rollback goes on where it stopped; slotwright upgrade --valkey {newest} goes forward again"
        );

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
