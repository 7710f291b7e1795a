using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Kubernetes.Hosting;

namespace Slotwright.Pod;

/// <summary>What the chart tells a release's Jobs by environment variables.</summary>
/// <param name="ZonesFromNodes">Pods and nodes may be read; else members are known by name, and servers say their zones.</param>
/// <param name="PasswordFile">Null where authentication is off.</param>
/// <param name="Wait">How long the members may take to come.</param>
internal sealed record JobEnvironment(
    PodPaths Paths,
    ReleaseSpec Release,
    bool ZonesFromNodes,
    string? PasswordFile,
    TimeSpan Wait
)
{
    private const int DefaultWait = 300;
    private const string Remedy = "the chart sets it";

    /// <param name="variable">An environment variable, or null.</param>
    /// <exception cref="BadInputException">All that can't be used.</exception>
    public static JobEnvironment Read(Func<string, string?> variable)
    {
        var read = new ChartVariables(variable, Remedy);
        var members = Number("SLOTWRIGHT_MEMBERS", null, 1, 1000);
        var replicas = Number("SLOTWRIGHT_REPLICAS_PER_PRIMARY", null, 0, 100);
        if (read.Problems.Count == 0 && members % (replicas + 1) != 0)
        {
            read.Problems.Add(
                new Problem(
                    "SLOTWRIGHT_MEMBERS",
                    $"{members} members can't be shared among shards of {replicas + 1}",
                    "replicaCount has to be a multiple of replicasPerPrimary + 1"
                )
            );
        }
        var client = Number("SLOTWRIGHT_CLIENT_PORT", 6379, 1, 65535);
        var zones = read.Find("SLOTWRIGHT_ZONES") ?? "servers";
        if (zones is not ("nodes" or "servers"))
        {
            read.Refuse("SLOTWRIGHT_ZONES", $"'{zones}' is neither nodes nor servers");
        }
        var environment = new JobEnvironment(
            read.Paths,
            new ReleaseSpec(
                read.Text("NAMESPACE"),
                read.Text("SLOTWRIGHT_RELEASE"),
                read.Text("SLOTWRIGHT_STATEFULSET"),
                read.Text("SLOTWRIGHT_SERVICE"),
                new ClusterShape(members, replicas),
                client,
                Number("SLOTWRIGHT_BUS_PORT", client + 10000, 1, 65535)
            ),
            zones == "nodes",
            read.PasswordFile,
            TimeSpan.FromSeconds(Number("SLOTWRIGHT_WAIT", DefaultWait, 0, 86400))
        );
        return read.Problems.Count == 0 ? environment : throw new BadInputException([.. read.Problems]);

        int Number(string name, int? otherwise, int least, int most)
        {
            if (otherwise is null && read.Find(name) is null)
            {
                read.Refuse(name, "is not set");
            }
            return (int?)read.Number(name, least, most) ?? otherwise ?? 0;
        }
    }
}
