using System.Text;
using k8s.Models;
using Slotwright.Chart.Tests.Rehearsal;
using Slotwright.Chart.Tests.Support;

namespace Slotwright.Chart.Tests.Adoption;

/// <summary>
/// A release of the guide's chart 0.1.0 as facts: names, labels, fields that Kubernetes lets nobody change, and how its
/// pods run a server. Nothing here is that chart's; its scripts are replaced by short ones with the same effect.
/// </summary>
internal static class GuideRelease
{
    public const string Name = $"{Rendering.Release}-valkey-cluster";
    public const string Password = "GuidesOwn32LettersGuidesOwn32Let";
    public const string SecretKey = "default";

    private const string SecretName = $"{Name}-auth";
    private const string Service = $"{Name}-headless";

    /// <summary>What selects its pods.</summary>
    public static Dictionary<string, string> Selector =>
        new(StringComparer.Ordinal)
        {
            ["app.kubernetes.io/name"] = "valkey-cluster",
            ["app.kubernetes.io/instance"] = Rendering.Release,
        };

    /// <summary>Its objects that Helm owns.</summary>
    public static Rendering Objects =>
        new(
            new Manifests([
                StatefulSet(),
                new V1Service
                {
                    ApiVersion = V1Service.KubeApiVersion,
                    Kind = V1Service.KubeKind,
                    Metadata = Meta(Service),
                    Spec = new()
                    {
                        Type = "ClusterIP",
                        ClusterIP = "None",
                        PublishNotReadyAddresses = true,
                        Selector = Selector,
                        Ports =
                        [
                            new() { Name = "tcp-client", Port = 6379 },
                            new() { Name = "tcp-bus", Port = 16379 },
                            new() { Name = "http-metrics", Port = 9121 },
                        ],
                    },
                },
                new V1ConfigMap
                {
                    ApiVersion = V1ConfigMap.KubeApiVersion,
                    Kind = V1ConfigMap.KubeKind,
                    Metadata = Meta($"{Name}-config"),
                    Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["valkey.conf"] = Config },
                },
                new V1ConfigMap
                {
                    ApiVersion = V1ConfigMap.KubeApiVersion,
                    Kind = V1ConfigMap.KubeKind,
                    Metadata = Meta($"{Name}-scripts"),
                    Data = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["init"] = Init,
                        ["start"] = Start,
                        ["ready"] = Ready,
                        ["prestop"] = PreStop,
                    },
                },
                Secret(),
                new V1ServiceAccount
                {
                    ApiVersion = V1ServiceAccount.KubeApiVersion,
                    Kind = V1ServiceAccount.KubeKind,
                    Metadata = Meta(Name),
                    AutomountServiceAccountToken = false,
                },
                new V1PodDisruptionBudget
                {
                    ApiVersion = V1PodDisruptionBudget.KubeApiVersion,
                    Kind = V1PodDisruptionBudget.KubeKind,
                    Metadata = Meta(Name),
                    Spec = new()
                    {
                        MaxUnavailable = 1,
                        Selector = new() { MatchLabels = Selector },
                    },
                },
            ])
        );

    /// <summary>Hooks that a failed bootstrap leaves behind, and that Helm does not own: kinds and names.</summary>
    public static string[] Leftovers { get; } =
    [
        $"Job/{Name}-bootstrap",
        $"Role/{Name}-bootstrap",
        $"RoleBinding/{Name}-bootstrap",
        $"ClusterRole/{Name}-bootstrap-{Rendering.Namespace}",
        $"ClusterRoleBinding/{Name}-bootstrap-{Rendering.Namespace}",
    ];

    private const string Config = """
        cluster-enabled yes
        cluster-node-timeout 15000
        cluster-require-full-coverage no
        cluster-allow-reads-when-down no
        cluster-preferred-endpoint-type hostname
        port 6379
        cluster-port 16379
        protected-mode no
        tcp-keepalive 300
        loglevel notice
        maxmemory 100mb
        maxmemory-policy noeviction
        appendonly yes
        appendfsync everysec
        save 900 1
        save 300 10
        repl-diskless-sync yes
        repl-diskless-sync-delay 0
        """;

    /// <summary>The password is written as it is, without quotes.</summary>
    private const string Init = """
        /bin/mkdir -p "$SLOTWRIGHT_POD_ROOT/data/conf"
        printf 'requirepass %s\nprimaryauth %s\n' "$VALKEY_PASSWORD" "$VALKEY_PASSWORD" > "$SLOTWRIGHT_POD_ROOT/data/conf/auth.conf"
        """;

    /// <summary>No address is announced. What stands before a path, and binds to an address, is the rehearsal's.</summary>
    private const string Start = """
        exec valkey-server "$SLOTWRIGHT_POD_ROOT/chart-config/valkey.conf" --bind "$POD_IP" --bind-source-addr "$POD_IP" \
          --dir "$SLOTWRIGHT_POD_ROOT/data" --cluster-config-file "$SLOTWRIGHT_POD_ROOT/data/nodes.conf" \
          --include "$SLOTWRIGHT_POD_ROOT/data/conf/auth.conf" --cluster-announce-hostname "$POD_FQDN" \
          --cluster-announce-port 6379 --cluster-announce-bus-port 16379
        """;

    private const string Ready = """
        export REDISCLI_AUTH="$VALKEY_PASSWORD"
        case "$(valkey-cli -h "$POD_IP" CLUSTER INFO)" in *cluster_state:ok*) ;; *) exit 1 ;; esac
        case "$(valkey-cli -h "$POD_IP" INFO replication)" in *role:master*|*master_link_status:up*) ;; *) exit 1 ;; esac
        """;

    /// <summary>A primary tells its replica to take over and waits for at most 10 s; the server is ended without saving.</summary>
    private const string PreStop = """
        export REDISCLI_AUTH="$VALKEY_PASSWORD"
        own=$(valkey-cli -h "$POD_IP" CLUSTER MYID)
        valkey-cli -h "$POD_IP" CLUSTER NODES | while read -r id address flags primary rest; do
          if [ "$primary" = "$own" ]; then
            valkey-cli -h "${address%%:*}" CLUSTER FAILOVER
            tries=0
            while [ $tries -lt 10 ]; do
              case "$(valkey-cli -h "$POD_IP" INFO replication)" in *role:slave*) break ;; esac
              tries=$((tries + 1)); /bin/sleep 1
            done
            break
          fi
        done
        valkey-cli -h "$POD_IP" SHUTDOWN NOSAVE || true
        """;

    private static V1StatefulSet StatefulSet() =>
        new()
        {
            ApiVersion = V1StatefulSet.KubeApiVersion,
            Kind = V1StatefulSet.KubeKind,
            Metadata = Meta(Name),
            Spec = new()
            {
                ServiceName = Service,
                Replicas = 6,
                PodManagementPolicy = "Parallel",
                Selector = new() { MatchLabels = Selector },
                UpdateStrategy = new() { Type = "RollingUpdate" },
                Template = new()
                {
                    Metadata = new() { Labels = Selector },
                    Spec = Pod(),
                },
                VolumeClaimTemplates =
                [
                    new()
                    {
                        Metadata = new() { Name = "data", Labels = Labels() },
                        Spec = new()
                        {
                            AccessModes = ["ReadWriteOnce"],
                            StorageClassName = "gp3",
                            Resources = new()
                            {
                                Requests = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal)
                                {
                                    ["storage"] = new("100Gi"),
                                },
                            },
                        },
                    },
                ],
            },
        };

    private static V1PodSpec Pod() =>
        new()
        {
            ServiceAccountName = Name,
            AutomountServiceAccountToken = false,
            TerminationGracePeriodSeconds = 30,
            InitContainers = [Container("prepare-config", "init")],
            Containers =
            [
                Container(
                    "valkey",
                    "start",
                    server =>
                    {
                        server.Ports =
                        [
                            new() { Name = "tcp-client", ContainerPort = 6379 },
                            new() { Name = "tcp-bus", ContainerPort = 16379 },
                        ];
                        server.ReadinessProbe = new()
                        {
                            Exec = new() { Command = Script("ready") },
                            InitialDelaySeconds = 10,
                            PeriodSeconds = 5,
                            TimeoutSeconds = 6,
                            FailureThreshold = 6,
                        };
                        server.Lifecycle = new() { PreStop = new() { Exec = new() { Command = Script("prestop") } } };
                    }
                ),
            ],
            Volumes =
            [
                new()
                {
                    Name = "chart-config",
                    ConfigMap = new() { Name = $"{Name}-config" },
                },
                new()
                {
                    Name = "scripts",
                    ConfigMap = new() { Name = $"{Name}-scripts" },
                },
            ],
        };

    private static V1Container Container(string name, string script, Action<V1Container>? more = null)
    {
        var container = new V1Container
        {
            Name = name,
            Image = "docker.io/valkey/valkey:9.0.2",
            Command = Script(script),
            Env =
            [
                new()
                {
                    Name = "NAMESPACE",
                    ValueFrom = new() { FieldRef = new() { FieldPath = "metadata.namespace" } },
                },
                new()
                {
                    Name = "HOSTNAME",
                    ValueFrom = new() { FieldRef = new() { FieldPath = "metadata.name" } },
                },
                new()
                {
                    Name = "POD_IP",
                    ValueFrom = new() { FieldRef = new() { FieldPath = "status.podIP" } },
                },
                new() { Name = "POD_FQDN", Value = $"$(HOSTNAME).{Service}.$(NAMESPACE).svc.cluster.local" },
                new()
                {
                    Name = "VALKEY_PASSWORD",
                    ValueFrom = new()
                    {
                        SecretKeyRef = new() { Name = SecretName, Key = SecretKey },
                    },
                },
            ],
            VolumeMounts =
            [
                new() { Name = "data", MountPath = "/data" },
                new() { Name = "chart-config", MountPath = "/chart-config" },
                new() { Name = "scripts", MountPath = "/scripts" },
            ],
        };
        more?.Invoke(container);
        return container;
    }

    private static string[] Script(string name) => ["/bin/sh", "-c", $". \"$SLOTWRIGHT_POD_ROOT/scripts/{name}\""];

    /// <summary>Helm owns it, and leaves it alone when it is no longer in a chart.</summary>
    private static V1Secret Secret()
    {
        var meta = Meta(SecretName);
        meta.Annotations["helm.sh/resource-policy"] = "keep";
        return new V1Secret
        {
            ApiVersion = V1Secret.KubeApiVersion,
            Kind = V1Secret.KubeKind,
            Metadata = meta,
            Data = new Dictionary<string, byte[]>(StringComparer.Ordinal)
            {
                [SecretKey] = Encoding.UTF8.GetBytes(Password),
            },
        };
    }

    private static V1ObjectMeta Meta(string name) =>
        new()
        {
            Name = name,
            NamespaceProperty = Rendering.Namespace,
            Labels = Labels(),
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["meta.helm.sh/release-name"] = Rendering.Release,
                ["meta.helm.sh/release-namespace"] = Rendering.Namespace,
            },
        };

    private static Dictionary<string, string> Labels() =>
        new(Selector, StringComparer.Ordinal)
        {
            ["helm.sh/chart"] = "valkey-cluster-0.1.0",
            ["app.kubernetes.io/version"] = "9.0.2",
            ["app.kubernetes.io/managed-by"] = "Helm",
            ["app.kubernetes.io/part-of"] = "valkey-on-eks",
        };
}
