using Slotwright.Kubernetes.Access;
using Slotwright.Kubernetes.Hosting;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Connections;

namespace Slotwright.Pod;

/// <summary>What the Jobs of a release begin with: the release, as its host.</summary>
internal static class ReleaseJob
{
    public static async Task<(ReleaseHost Host, ClusterSession Session)> OpenAsync(
        JobEnvironment environment,
        bool zonesFromNodes,
        Wiring wiring,
        CancellationToken ct
    )
    {
        var password = PodPassword.Read(environment.PasswordFile);
        var host = new ReleaseHost(
            environment.Release,
            zonesFromNodes
                ? await PodsMembers.OpenAsync(environment.Release, KubeOptions(wiring), wiring.Time, ct)
                : new NamedMembers(environment.Release, name => PodNames.Resolve(environment.Paths, name)),
            password is null ? null : new Credentials(null, password),
            JobSettings.Read(environment.Paths.ChartConfig),
            wiring.Time
        );
        return (host, new ClusterSession(host, null, wiring.Time));
    }

    public static KubeOptions KubeOptions(Wiring wiring) =>
        new(null, null, name => wiring.Environment.GetValueOrDefault(name));
}
