using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Waves;

namespace Slotwright.Core.Upgrades;

/// <summary>Whether servers of a version can read the data that members have, and whether there is a way back.</summary>
public static class VersionReadable
{
    private const string Code = "version-readable";

    public static ImmutableArray<Finding> Run(Observation observation, Version desired, Version target)
    {
        var versions = RollingPlanner.Versions(observation).Values.Distinct().Order().ToArray();
        if (versions.Length == 0)
        {
            return [];
        }
        var newest = versions[^1];
        var runs = string.Join(" and ", versions.Select(v => v.ToString()));
        if (FileFormats.AreLost(newest, target))
        {
            return
            [
                new Finding(
                    "files-unreadable",
                    Verdict.Failed,
                    "cluster",
                    $"members run {runs}, and {target} can't read the files that {newest} writes",
                    "its servers would not start with their data",
                    $"slotwright upgrade --rollback --valkey {target}"
                ),
                .. NewerData.Refusals(observation, target),
            ];
        }
        return FileFormats.IsOneWay(versions[0], target)
            ?
            [
                new Finding(
                    Code,
                    Verdict.Ok,
                    "cluster",
                    $"{target} reads the files of {runs}; {versions[0]} can't read those of {target}, so that one replica of each shard is kept until upgrade --commit",
                    "",
                    ""
                ),
            ]
            :
            [
                new Finding(
                    Code,
                    Verdict.Ok,
                    "cluster",
                    desired == target && versions is [var only] && only == target
                        ? $"members run {target}, and go on with it"
                        : $"{target} reads the files of {runs}",
                    "",
                    ""
                ),
            ];
    }
}
