using Slotwright.Chart.Tests.Support;

namespace Slotwright.Chart.Tests;

/// <summary>Values that can't be used fail before anything is made, with a message that says what to do.</summary>
public sealed class BadValuesTests
{
    /// <summary>What is given to --set, and what the message has to have.</summary>
    public static TheoryData<string, string[]> Rules { get; } =
        new()
        {
            { "replicaCount=7", ["replicaCount 7", "replicasPerPrimary 1", "set replicaCount to 6 or 8"] },
            { "replicaCount=5", ["replicaCount 5", "replicasPerPrimary 1", "set replicaCount to 6"] },
            {
                "replicaCount=8,replicasPerPrimary=2",
                ["replicaCount 8", "replicasPerPrimary 2", "set replicaCount to 9"]
            },
            { "replicaCount=4", ["replicaCount 4", "replicasPerPrimary 1 makes 2 primaries", "at least 6"] },
            { "replicaCount=2,replicasPerPrimary=0", ["makes 2 primaries", "at least 3"] },
            {
                "auth.enabled=false,auth.existingSecret=mine",
                ["auth.existingSecret is mine", "auth.enabled is false", "set auth.enabled to true"]
            },
            { "auth.enabled=false,auth.passwordEnv=true", ["auth.passwordEnv is true", "auth.enabled is false"] },
            {
                "valkeyConfig=requirepass s3cret",
                ["valkeyConfig has requirepass", "auth.enabled is true", "auth.existingSecret"]
            },
            { "statefulset.terminationGracePeriodSeconds=10", ["terminationGracePeriodSeconds 10", "20", "hand over"] },
            { "image.tag=9.0.2-alpine", ["valkey/valkey:9.0.2-alpine", "glibc", "set image.tag"] },
            { "slotwright.image.registry=", ["slotwright.image.registry", "global.imageRegistry", "./build-image"] },
            { "ports.client=16379", ["ports.client 16379", "ports.bus 16379"] },
            { "ports.metrics=6379", ["ports.client 6379", "ports.metrics 6379"] },
            { "agent.port=9121", ["ports.metrics 9121", "agent.port 9121", "another port"] },
            {
                "maxmemoryPercent=75,resources.limits.memory=null",
                ["maxmemoryPercent 75", "resources.limits.memory", "set the limit"]
            },
            { "storageClass.create=true", ["class valkey-gp3", "persistence.storageClass is \"gp3\""] },
            {
                "podLabels.app\\.kubernetes\\.io/name=x",
                ["podLabels sets app.kubernetes.io/name to x", "take it away"]
            },
            { "commonLabels.app\\.kubernetes\\.io/instance=x", ["commonLabels sets app.kubernetes.io/instance to x"] },
            { "extraEnv[0].name=POD_IP", ["extraEnv sets POD_IP", "another name"] },
            { "extraEnv[0].name=SLOTWRIGHT_WAIT", ["extraEnv sets SLOTWRIGHT_WAIT"] },
            { "tls.enabled=true", ["tls is set", "not yet there"] },
            { "backup.schedule=daily", ["backup is set", "not yet there"] },
            { "restore.from=s3://x", ["restore is set", "not yet there"] },
            { "externalAccess.enabled=true", ["externalAccess is set", "not yet there"] },
            { "alerts=true", ["alerts is set", "not yet there"] },
            {
                "fullnameOverride=a-name-that-is-one-character-too-long-for-a-statefuls",
                ["has 53 characters", "52", "set fullnameOverride"]
            },
            { "fullnameOverride=9lives", ["9lives", "begin with a letter", "set fullnameOverride"] },
        };

    /// <summary>What is given to --set, and the key that the schema's complaint has to name.</summary>
    public static TheoryData<string, string> Mistakes { get; } =
        new()
        {
            { "replicacount=6", "replicacount" },
            { "persistence.storageclass=gp3", "storageclass" },
            { "slotwright.image.regsitry=x", "regsitry" },
            { "metrics.serviceMonitor.enable=true", "enable" },
            { "replicaCount=six", "replicaCount" },
            { "replicaCount=0", "replicaCount" },
            { "bootstrap.mode=argo", "mode" },
            { "updateStrategy=Recreate", "updateStrategy" },
            { "fence.whenUnknown=never", "fence" },
            { "fence.timeout=0", "fence" },
            { "ports.client=70000", "client" },
            { "persistence.size=100 GB", "size" },
            { "resources.memory=1Gi", "memory" },
            { "maxmemoryPercent=120", "maxmemoryPercent" },
            { "valkeyLogLevel=info", "valkeyLogLevel" },
            { "metrics=null", "metrics" },
            { "podAnnotations.number=1", "number" },
            { "networkPolicy.allowedFrom[0].namespaceSelector.matchLabels.a=b", "namespaceSelector" },
            { "affinity.podAntiaffinity.x=y", "podAntiaffinity" },
            { "slotwright.image.digest=0123", "digest" },
            { "clusterDomain=Cluster.Local", "clusterDomain" },
        };

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_rule_between_values_names_them_and_the_remedy(string values, string[] said)
    {
        foreach (var helm in TestHelm.All)
        {
            var run = await RunAsync(helm, values);
            Assert.NotEqual(0, run.ExitCode);
            Assert.All(said, s => Assert.Contains(s, run.Errors));
            Assert.Equal(2, run.Errors.Split("\n  - ").Length);
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistyped_key_or_value_is_named(string values, string key)
    {
        foreach (var helm in TestHelm.All)
        {
            var run = await RunAsync(helm, values);
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("schema", run.Errors);
            Assert.Contains(key, run.Errors);
        }
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        var run = await RunAsync(TestHelm.Four, "replicaCount=7,image.tag=alpine,tls.enabled=true,ports.bus=6379");
        Assert.Equal(5, run.Errors.Split("\n  - ").Length);
    }

    [Theory]
    [InlineData("tls.enabled=false")]
    [InlineData("slotwright.image.registry=,global.imageRegistry=mirror.example.com")]
    [InlineData("statefulset.terminationGracePeriodSeconds=20")]
    [InlineData("replicaCount=3,replicasPerPrimary=0")]
    [InlineData("fullnameOverride=a-name-that-has-as-many-characters-as-one-may-have-5")]
    [InlineData("nodeSelector=null,tolerations=null,affinity=null")]
    [InlineData("enabled=true")]
    public async Task What_is_at_the_limit_is_taken(string values) => (await RunAsync(TestHelm.Four, values)).Checked();

    private static Task<HelmRun> RunAsync(TestHelm helm, string values) =>
        helm.RunAsync([
            "template",
            "prod",
            ChartFolder.Chart,
            "--set",
            "slotwright.image.registry=registry.example.com",
            "--set",
            values,
        ]);
}
