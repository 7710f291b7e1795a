using System.Globalization;
using k8s.Models;

namespace Slotwright.Kubernetes.Targets;

/// <summary>What one release of the chart put into its namespace, as its StatefulSet tells it.</summary>
/// <param name="Members">Members that are wanted.</param>
/// <param name="ReplicasPerPrimary">Null where no annotation says it.</param>
/// <param name="BusPort">Null for the client port + 10000.</param>
/// <param name="UpdateRevision">What members are to run after their next restart.</param>
/// <param name="Password">Null where the servers have none.</param>
/// <param name="HostnameOf">What a member announces, with its name in the place of {0}.</param>
internal sealed record Release(
    string Namespace,
    string Name,
    string StatefulSet,
    int Members,
    int? ReplicasPerPrimary,
    int ClientPort,
    int? BusPort,
    string UpdateRevision,
    SecretKey? Password,
    string HostnameOf
)
{
    public const string NameLabel = "app.kubernetes.io/name";
    public const string InstanceLabel = "app.kubernetes.io/instance";
    public const string ChartName = "valkey-cluster";
    public const string Container = "valkey";

    private const string ReplicasAnnotation = "slotwright.dev/replicas-per-primary";
    private const string PasswordFile = "SLOTWRIGHT_PASSWORD_FILE";
    private const string PasswordVariable = "VALKEY_PASSWORD";
    private const string NameVariable = "POD_FQDN";
    private const int DefaultPort = 6379;

    /// <summary>What the members' pods are labelled with, and no other pods.</summary>
    public static string Labels(string release) => $"{NameLabel}={ChartName},{InstanceLabel}={release}";

    public string MemberName(int ordinal) => $"{StatefulSet}-{ordinal}";

    public string Hostname(string member) => HostnameOf.Replace("{0}", member, StringComparison.Ordinal);

    public static Release Of(V1StatefulSet set)
    {
        var spec = set.Spec.Template.Spec;
        var server = spec.Containers.FirstOrDefault(c => c.Name == Container) ?? spec.Containers[0];
        var bus = Port(server, "tcp-bus");
        var client = Port(server, "tcp-client") ?? DefaultPort;
        var ns = set.Metadata.NamespaceProperty;
        return new Release(
            ns,
            set.Metadata.Labels[InstanceLabel],
            set.Metadata.Name,
            set.Spec.Replicas ?? 1,
            int.TryParse(
                set.Metadata.Annotations?.GetOrDefault(ReplicasAnnotation),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var replicas
            )
                ? replicas
                : null,
            client,
            bus == client + 10000 ? null : bus,
            set.Status?.UpdateRevision ?? "",
            PasswordOf(spec, server),
            HostnameTemplate(server, set.Spec.ServiceName, ns)
        );
    }

    private static int? Port(V1Container server, string name) =>
        server.Ports?.FirstOrDefault(p => p.Name == name)?.ContainerPort;

    /// <summary>From a file of a mounted Secret; in the guide's own chart, from a variable of the environment.</summary>
    private static SecretKey? PasswordOf(V1PodSpec spec, V1Container server)
    {
        var file = server.Env?.FirstOrDefault(e => e.Name == PasswordFile)?.Value;
        if (file is not null)
        {
            var volumes = spec.Volumes?.Where(v => v.Secret is not null) ?? [];
            var mount = server.VolumeMounts?.FirstOrDefault(m =>
                file.StartsWith(m.MountPath + '/', StringComparison.Ordinal)
            );
            var volume = volumes.FirstOrDefault(v => v.Name == (mount?.Name ?? "auth"))?.Secret;
            var name = file[(file.LastIndexOf('/') + 1)..];
            return volume is null
                ? null
                : new SecretKey(volume.SecretName, volume.Items?.FirstOrDefault(i => i.Path == name)?.Key ?? name);
        }
        var reference = server.Env?.FirstOrDefault(e => e.Name == PasswordVariable)?.ValueFrom?.SecretKeyRef;
        return reference is null ? null : new SecretKey(reference.Name, reference.Key);
    }

    private static string HostnameTemplate(V1Container server, string service, string ns)
    {
        var written = server.Env?.FirstOrDefault(e => e.Name == NameVariable)?.Value;
        return written is { Length: > 0 } && written.Contains("$(HOSTNAME)", StringComparison.Ordinal)
            ? written
                .Replace("$(HOSTNAME)", "{0}", StringComparison.Ordinal)
                .Replace("$(POD_NAME)", "{0}", StringComparison.Ordinal)
                .Replace("$(NAMESPACE)", ns, StringComparison.Ordinal)
            : $"{{0}}.{service}.{ns}.svc.cluster.local";
    }
}
