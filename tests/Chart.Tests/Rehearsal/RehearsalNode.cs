using System.Runtime.InteropServices;
using k8s.Models;
using Slotwright.Chart.Tests.Support;
using Slotwright.Unit.Tests.Kubernetes;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>What pods find on the machine that they are rehearsed on: images, volumes, DNS and the API server.</summary>
/// <param name="folder">Where everything lies.</param>
/// <param name="servers">The folder of the real valkey-server.</param>
internal sealed class RehearsalNode(string folder, string servers, FakeApiServer api)
{
    /// <summary>As the chart's images have it, published by <c>.ci/publish-native</c>: the one file is all that install copies.</summary>
    public static string Program { get; } =
        Path.Combine(
            ChartFolder.Root,
            "artifacts",
            "native",
            RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64",
            "slotwright"
        );

    /// <summary>A file in the form of /etc/hosts that stands for the cluster's DNS.</summary>
    public string Hosts { get; } = Path.Combine(folder, "hosts");

    /// <summary>Objects that pods mount.</summary>
    public Dictionary<string, V1ConfigMap> ConfigMaps { get; } = new(StringComparer.Ordinal);

    public V1Secret? Secret(string name) =>
        api.Find<V1Secret>($"/api/v1/namespaces/{Rendering.Namespace}/secrets/{name}");

    /// <summary>Names are seen by all from now on.</summary>
    public void Name(IEnumerable<string> lines)
    {
        File.WriteAllLines(Hosts + ".new", lines);
        File.Move(Hosts + ".new", Hosts, overwrite: true);
    }

    /// <summary>Where a program of a container lies: in a volume, or in the image; of a shell in it, this machine's.</summary>
    public static string ProgramOf(V1Container container, string path, string root) =>
        path switch
        {
            "/slotwright" when IsOurs(container) => Program,
            "/bin/sh" when !IsOurs(container) => path,
            _ => root + path,
        };

    /// <summary>What a container has besides what its spec says: the image's PATH, and the token where the pod has one.</summary>
    public void Add(Dictionary<string, string> variables, V1Pod pod, V1Container container, string root)
    {
        variables["SLOTWRIGHT_POD_ROOT"] = root;
        variables["PATH"] = IsOurs(container) ? "/nonexistent" : servers;
        if (pod.Spec.AutomountServiceAccountToken != false)
        {
            variables["KUBECONFIG"] = api.KubeConfig;
        }
    }

    /// <summary>The folder that stands for a volume.</summary>
    /// <param name="pod">The folder of the pod, which what is empty at first goes with.</param>
    public string VolumeOf(V1Pod spec, string name, string pod)
    {
        var volume = spec.Spec.Volumes.Single(v => v.Name == name);
        if (volume.PersistentVolumeClaim is { } claim)
        {
            return Directory.CreateDirectory(Path.Combine(folder, "claims", claim.ClaimName)).FullName;
        }
        var path = Path.Combine(pod, "volumes", name);
        if (Directory.Exists(path))
        {
            return path;
        }
        switch (volume)
        {
            case { EmptyDir: not null }:
                Directory.CreateDirectory(path);
                break;
            case { ConfigMap: { } map }:
                var found =
                    ConfigMaps.GetValueOrDefault(map.Name)
                    ?? throw new PodTroubleException($"configmap \"{map.Name}\" not found");
                PodMounts.Project(path, found.Data, map.Items);
                break;
            case { Secret: { } secret }:
                var data =
                    Secret(secret.SecretName)?.Data
                    ?? throw new PodTroubleException($"secret \"{secret.SecretName}\" not found");
                PodMounts.Project(path, data, secret.Items);
                break;
            default:
                throw new NotSupportedException($"volume {name}: a kind that the rehearsal does not know");
        }
        return path;
    }

    private static bool IsOurs(V1Container container) =>
        container.Image.Contains("/slotwright:", StringComparison.Ordinal);
}
