using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using k8s.Models;

namespace Slotwright.Unit.Tests.Kubernetes;

/// <summary>A release as the chart makes it, in an API server that is a fake: six pods on six nodes in three zones.</summary>
internal sealed class FakeRelease
{
    public const string Namespace = "prod";
    public const string Name = "valkey";
    public const string Target = "k8s:prod/valkey";

    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["app.kubernetes.io/name"] = "valkey-cluster",
        ["app.kubernetes.io/instance"] = Name,
    };

    private readonly FakeApiServer _api;

    public FakeRelease(FakeApiServer api, int members = 6, int port = 6379, string? password = "secret")
    {
        _api = api;
        Set = SetOf(members, port);
        Pods = [.. Enumerable.Range(0, members).Select(PodOf)];
        api.Put(new V1Namespace { Metadata = new() { Name = Namespace } });
        api.Put(Set);
        foreach (var pod in Pods)
        {
            api.Put(pod);
            api.Put(NodeOf(pod.Spec.NodeName));
        }
        if (password is not null)
        {
            api.Put(SecretOf(password));
        }
    }

    public static V1Secret SecretOf(string password) =>
        new()
        {
            Metadata = new() { Name = "valkey-auth", NamespaceProperty = Namespace },
            Data = new Dictionary<string, byte[]>(StringComparer.Ordinal)
            {
                ["default"] = Encoding.UTF8.GetBytes(password),
            },
        };

    public V1StatefulSet Set { get; }

    public ImmutableArray<V1Pod> Pods { get; }

    public int ClientPort => Set.Spec.Template.Spec.Containers[0].Ports[0].ContainerPort;

    public string Service => "valkey-headless.prod.svc.cluster.local";

    /// <summary>Where the pod's server really is.</summary>
    public void Serve(int ordinal, IPEndPoint server)
    {
        Pods[ordinal].Status.PodIP = server.Address.ToString();
        Pods[ordinal].Status.PodIPs = [new V1PodIP { Ip = server.Address.ToString() }];
        _api.Serve(Pods[ordinal].Metadata.Name, server);
    }

    public static V1Node NodeOf(string name) =>
        new()
        {
            Metadata = new()
            {
                Name = name,
                Labels = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["topology.kubernetes.io/zone"] = ZoneOf(
                        int.Parse(name.AsSpan("node-".Length), CultureInfo.InvariantCulture)
                    ),
                },
            },
        };

    public static string ZoneOf(int ordinal) => $"az-{"abc"[ordinal % 3]}";

    public static V1Pod PodOf(int ordinal) =>
        new()
        {
            Metadata = new()
            {
                Name = $"{Name}-{ordinal}",
                NamespaceProperty = Namespace,
                Labels = new Dictionary<string, string>(Labels, StringComparer.Ordinal)
                {
                    ["controller-revision-hash"] = "valkey-1",
                },
            },
            Spec = new() { NodeName = $"node-{ordinal}", Containers = [new() { Name = "valkey" }] },
            Status = new()
            {
                Phase = "Running",
                PodIP = $"10.0.0.{ordinal + 10}",
                PodIPs = [new V1PodIP { Ip = $"10.0.0.{ordinal + 10}" }],
                ContainerStatuses =
                [
                    new()
                    {
                        Name = "valkey",
                        Ready = true,
                        Image = "",
                        ImageID = "",
                        State = new() { Running = new() },
                    },
                ],
            },
        };

    private static V1StatefulSet SetOf(int members, int port) =>
        new()
        {
            Metadata = new()
            {
                Name = Name,
                NamespaceProperty = Namespace,
                Labels = Labels,
                Annotations = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["slotwright.dev/replicas-per-primary"] = "1",
                },
            },
            Spec = new()
            {
                Replicas = members,
                ServiceName = "valkey-headless",
                Selector = new() { MatchLabels = Labels },
                Template = new()
                {
                    Metadata = new() { Labels = Labels },
                    Spec = new()
                    {
                        TerminationGracePeriodSeconds = 30,
                        Volumes =
                        [
                            new()
                            {
                                Name = "auth",
                                Secret = new() { SecretName = "valkey-auth" },
                            },
                        ],
                        Containers =
                        [
                            new()
                            {
                                Name = "valkey",
                                Ports =
                                [
                                    new() { Name = "tcp-client", ContainerPort = port },
                                    new() { Name = "tcp-bus", ContainerPort = port + 10000 },
                                ],
                                Env =
                                [
                                    new()
                                    {
                                        Name = "POD_FQDN",
                                        Value = "$(HOSTNAME).valkey-headless.$(NAMESPACE).svc.cluster.local",
                                    },
                                    new() { Name = "SLOTWRIGHT_PASSWORD_FILE", Value = "/etc/slotwright/auth/default" },
                                ],
                                VolumeMounts = [new() { Name = "auth", MountPath = "/etc/slotwright/auth" }],
                                Resources = new()
                                {
                                    Requests = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal)
                                    {
                                        ["memory"] = new("12Gi"),
                                    },
                                    Limits = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal)
                                    {
                                        ["memory"] = new("16Gi"),
                                    },
                                },
                            },
                        ],
                    },
                },
                VolumeClaimTemplates =
                [
                    new()
                    {
                        Metadata = new() { Name = "data" },
                        Spec = new() { StorageClassName = "gp3" },
                    },
                ],
            },
            Status = new()
            {
                Replicas = members,
                UpdateRevision = "valkey-1",
                CurrentRevision = "valkey-1",
            },
        };
}
