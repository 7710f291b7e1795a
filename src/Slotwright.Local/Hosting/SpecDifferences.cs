using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Local.Servers;
using Slotwright.Local.State;

namespace Slotwright.Local.Hosting;

/// <summary>Holds what is asked for against a cluster that exists: what was not said does not matter.</summary>
internal static class SpecDifferences
{
    public static ImmutableArray<Problem> Find(
        LocalSpec spec,
        WantedVersion? server,
        ClusterFile cluster,
        string password
    )
    {
        var there = Version.Parse(cluster.Server.Version);
        return
        [
            .. Number("--members", "members", spec.Members, cluster.Members),
            .. Number(
                "--replicas-per-primary",
                "replicas per primary",
                spec.ReplicasPerPrimary,
                cluster.ReplicasPerPrimary
            ),
            .. Number("--zones", "zones", spec.Zones, cluster.Zones),
            .. Number("--base-port", "as its first port", spec.BasePort, cluster.Addresses[0].Port),
            .. If(
                spec.OwnAddresses == true && !cluster.HasOwnAddresses,
                "--own-addresses",
                $"the members of {cluster.Name} share one address"
            ),
            .. If(
                server is { } wanted && !wanted.Matches(there),
                "--valkey",
                $"{cluster.Name} runs {there}, not {server}"
            ),
            .. If(
                spec.PasswordOrNull is { } given && !string.Equals(given, password, StringComparison.Ordinal),
                "--password-file",
                $"{cluster.Name} has another password"
            ),
        ];
    }

    private static IEnumerable<Problem> Number(string option, string what, int? asked, int there) =>
        If(asked is not null && asked != there, option, $"the cluster that exists has {there} {what}, not {asked}");

    private static IEnumerable<Problem> If(bool differs, string option, string what) =>
        differs
            ? [new Problem(option, what, "leave it out, or bring up a cluster of another --name beside this one")]
            : [];
}
