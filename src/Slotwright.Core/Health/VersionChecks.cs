using System.Collections.Immutable;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health;

/// <summary>Whether the members of a cluster run one and the same version.</summary>
public static class VersionChecks
{
    /// <param name="cluster">What it is called.</param>
    public static Finding Run(string cluster, Observation observation)
    {
        const string Code = "cluster-versions";
        ImmutableArray<string> versions =
        [
            .. observation
                .Views.Select(v => v.Report?.Server)
                .OfType<ServerInfo>()
                .GroupBy(s => s.Version)
                .OrderBy(g => g.Key)
                .Select(g => $"{g.Key} on {g.Count()}"),
        ];
        return versions.Length switch
        {
            0 => new(
                Code,
                Verdict.Warning,
                cluster,
                "no member answers, so their versions are not known",
                "it does not run, or not for us",
                "slotwright status"
            ),
            1 => new(
                Code,
                Verdict.Ok,
                cluster,
                $"all members of {cluster} that answer run {versions[0].Split(' ')[0]}",
                "",
                ""
            ),
            _ => new(
                Code,
                Verdict.Warning,
                cluster,
                $"members run {versions.Length} versions: {string.Join(", ", versions)}",
                "files and full copies of a newer server can be refused by an older one",
                "restart the members that run the older one on the newer"
            ),
        };
    }
}
