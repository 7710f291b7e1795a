using System.Globalization;
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
        var problems = new List<Problem>();
        var paths = new PodPaths(Path.TrimEndingDirectorySeparator(variable(PodPaths.RootVariable) ?? ""));
        var members = Number("SLOTWRIGHT_MEMBERS", null, 1, 1000);
        var replicas = Number("SLOTWRIGHT_REPLICAS_PER_PRIMARY", null, 0, 100);
        if (problems.Count == 0 && members % (replicas + 1) != 0)
        {
            problems.Add(
                new Problem(
                    "SLOTWRIGHT_MEMBERS",
                    $"{members} members can't be shared among shards of {replicas + 1}",
                    "replicaCount has to be a multiple of replicasPerPrimary + 1"
                )
            );
        }
        var client = Number("SLOTWRIGHT_CLIENT_PORT", 6379, 1, 65535);
        var zones = variable("SLOTWRIGHT_ZONES") is { Length: > 0 } text ? text : "servers";
        if (zones is not ("nodes" or "servers"))
        {
            problems.Add(new Problem("SLOTWRIGHT_ZONES", $"'{zones}' is neither nodes nor servers", Remedy));
        }
        var environment = new JobEnvironment(
            paths,
            new ReleaseSpec(
                Text("NAMESPACE"),
                Text("SLOTWRIGHT_RELEASE"),
                Text("SLOTWRIGHT_STATEFULSET"),
                Text("SLOTWRIGHT_SERVICE"),
                new ClusterShape(members, replicas),
                client,
                Number("SLOTWRIGHT_BUS_PORT", client + 10000, 1, 65535)
            ),
            zones == "nodes",
            variable("SLOTWRIGHT_PASSWORD_FILE") is { Length: > 0 } file ? paths.At(file) : null,
            TimeSpan.FromSeconds(Number("SLOTWRIGHT_WAIT", DefaultWait, 0, 86400))
        );
        return problems.Count == 0 ? environment : throw new BadInputException([.. problems]);

        string Text(string name)
        {
            if (variable(name) is { Length: > 0 } text)
            {
                return text;
            }
            problems.Add(new Problem(name, "is not set", Remedy));
            return "";
        }

        int Number(string name, int? otherwise, int least, int most)
        {
            if (variable(name) is not { Length: > 0 } text)
            {
                if (otherwise is null)
                {
                    problems.Add(new Problem(name, "is not set", Remedy));
                }
                return otherwise ?? 0;
            }
            if (
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most
            )
            {
                return number;
            }
            problems.Add(new Problem(name, $"'{text}' is not a whole number of {least} to {most}", Remedy));
            return otherwise ?? 0;
        }
    }
}
