using k8s.Models;
using Slotwright.Chart.Tests.Support;
using Slotwright.Chart.Tests.Support.Kinds;
using YamlDotNet.Core;

namespace Slotwright.Chart.Tests;

/// <summary>Every manifest is what Kubernetes' own types allow, and holds what the chart promises.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Cases => ChartCase.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_manifest_can_be_read_strictly(string name) =>
        Assert.NotEmpty((await Manifests.OfAsync(name)).Objects);

    [Theory]
    [InlineData("      replicas: 6", "      replica: 6")]
    [InlineData("        - name: valkey\n", "        - nam: valkey\n")]
    [InlineData("            failureThreshold: 60", "            failureTreshold: 60")]
    [InlineData("    - port: http-metrics", "    - porto: http-metrics")]
    [InlineData("  podManagementPolicy: Parallel", "  podManagementPolicy: Parallel\n  podManagementPolicy: Parallel")]
    public async Task A_field_that_does_not_exist_is_found(string right, string wrong)
    {
        var yaml = await ChartCase.Of("defaults").RenderAsync(TestHelm.Four);
        var broken = yaml.Replace(right.Trim(' '), wrong.Trim(' '));
        Assert.NotEqual(yaml, broken);
        Assert.ThrowsAny<YamlException>(() => Manifests.Parse(broken));
    }

    [Fact]
    public void The_examples_can_be_read_strictly()
    {
        foreach (var file in Directory.EnumerateFiles(ChartFolder.Of("examples")))
        {
            Assert.Single(Manifests.Parse(File.ReadAllText(file)).Objects);
        }
        var pool = Manifests.Parse(ChartFolder.Read("examples", "karpenter-nodepool.yaml")).One<NodePool>();
        Assert.Equal("valkey", pool.Spec.Template.Metadata.Labels["NodeGroupType"]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Nothing_runs_a_shell(string name)
    {
        var manifests = await Manifests.OfAsync(name);
        var own = manifests.Pods.SelectMany(p => p.Containers).Where(c => c.Command is not null).ToArray();
        Assert.NotEmpty(own);
        Assert.All(own, c => Assert.EndsWith("/slotwright", c.Command[0]));
        Assert.All(own, c => Assert.Equal("pod", c.Command[1]));
        var valkey = manifests.StatefulSet.Spec.Template.Spec.Containers[0];
        string[][] execs =
        [
            [.. valkey.StartupProbe.Exec.Command],
            [.. valkey.LivenessProbe.Exec.Command],
            [.. valkey.ReadinessProbe.Exec.Command],
            [.. valkey.Lifecycle.PreStop.Exec.Command],
        ];
        Assert.All(execs, e => Assert.Equal("/opt/slotwright/slotwright", e[0]));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task No_password_is_rendered_and_only_the_Jobs_that_need_it_have_a_token(string name)
    {
        var manifests = await Manifests.OfAsync(name);
        Assert.Empty(manifests.Of<V1Secret>());
        Assert.All(manifests.Of<V1ServiceAccount>(), a => Assert.False(a.AutomountServiceAccountToken));
        var withToken = manifests.Pods.Where(p => p.Spec.AutomountServiceAccountToken != false).ToArray();
        Assert.All(withToken, p => Assert.IsType<V1Job>(p.Owner));
        Assert.Equal(
            manifests.Of<V1Role>().Select(r => r.Metadata.Name).Order(StringComparer.Ordinal),
            withToken.Select(p => p.Spec.ServiceAccountName).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_mounted_is_there_and_names_are_unique(string name)
    {
        foreach (var pod in (await Manifests.OfAsync(name)).Pods)
        {
            var claims = (pod.Owner as V1StatefulSet)?.Spec.VolumeClaimTemplates?.Select(c => c.Metadata.Name) ?? [];
            var volumes = pod.Spec.Volumes.Select(v => v.Name).Concat(claims).ToArray();
            Assert.Distinct(volumes);
            Assert.Distinct(pod.Containers.Select(c => c.Name));
            Assert.All(pod.Containers, c => Assert.Distinct((c.Env ?? []).Select(e => e.Name)));
            Assert.All(pod.Containers.SelectMany(c => c.VolumeMounts ?? []), m => Assert.Contains(m.Name, volumes));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Names_are_such_that_Kubernetes_takes_them(string name)
    {
        var manifests = await Manifests.OfAsync(name);
        Assert.All(manifests.Objects, o => Assert.Matches("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", o.Metadata.Name));
        Assert.All(
            manifests.Of<V1Service>(),
            s => Assert.Matches("^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$", s.Metadata.Name)
        );
        Assert.All(manifests.Of<V1Job>(), j => Assert.InRange(j.Metadata.Name.Length, 1, 63));
        Assert.InRange($"{manifests.StatefulSet.Metadata.Name}-0123456789".Length, 1, 63);
        Assert.All(
            manifests
                .Objects.SelectMany(o => o.Metadata.Labels ?? new Dictionary<string, string>())
                .Concat(manifests.Pods.SelectMany(p => p.Labels)),
            l => Assert.Matches("^(([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9])?$", l.Value)
        );
        Assert.Distinct(manifests.Objects.Select(o => $"{o.Kind}/{o.Metadata.NamespaceProperty}/{o.Metadata.Name}"));
    }

    [Fact]
    public async Task The_restricted_profile_keeps_the_restricted_standard()
    {
        Assert.Empty((await Manifests.OfAsync("profile-restricted")).Pods.SelectMany(RestrictedStandard.Problems));
        Assert.NotEmpty((await Manifests.OfAsync("profile-eks")).Pods.SelectMany(RestrictedStandard.Problems));
    }

    [Fact]
    public async Task An_agent_is_a_native_sidecar_that_nothing_waits_for_and_is_not_there_before_1_29()
    {
        var pod = (await Manifests.OfAsync("defaults")).StatefulSet.Spec.Template.Spec;
        var agent = pod.InitContainers[^1];
        Assert.Equal(["/slotwright", "pod", "agent"], agent.Command);
        Assert.Equal("Always", agent.RestartPolicy);
        Assert.Equal((null, null, null), (agent.StartupProbe, agent.ReadinessProbe, agent.LivenessProbe));
        Assert.False(pod.AutomountServiceAccountToken);
        foreach (var without in (string[])["before-sidecars", "no-agent"])
        {
            var text = await ChartCase.Of(without).RenderAsync(TestHelm.Four);
            Assert.DoesNotContain("agent", text);
            Assert.Contains("agent", await ChartCase.Of(without).NotesAsync(TestHelm.Four));
        }
    }

    [Fact]
    public async Task The_large_profile_has_200_shards()
    {
        var set = (await Manifests.OfAsync("profile-large")).StatefulSet;
        Assert.Equal(400, set.Spec.Replicas);
        Assert.Equal("1", set.Metadata.Annotations["slotwright.dev/replicas-per-primary"]);
    }

    [Fact]
    public async Task A_values_file_of_the_guide_is_followed_where_our_default_differs()
    {
        var set = (await Manifests.OfAsync("guide")).StatefulSet;
        Assert.All(
            set.Spec.Template.Spec.InitContainers.Concat(set.Spec.Template.Spec.Containers),
            c => Assert.True(c.SecurityContext.ReadOnlyRootFilesystem is null or false)
        );
        Assert.Equal(
            "my-valkey-secret",
            set.Spec.Template.Spec.Volumes.Single(v => v.Name == "auth").Secret.SecretName
        );
    }

    [Fact]
    public async Task A_ServiceMonitor_is_left_out_only_where_Helm_is_connected_and_the_kind_is_not_known()
    {
        var asked = ChartCase.Of("defaults");
        Assert.Single((await Manifests.OfAsync("defaults")).Of<ServiceMonitor>());
        Assert.Empty((await Manifests.OfAsync("connected-without-monitors")).Of<ServiceMonitor>());
        foreach (var known in (string[])["monitoring.coreos.com/v1", "monitoring.coreos.com/v1/ServiceMonitor"])
        {
            var rendered = await asked.RenderAsync(TestHelm.Three, "--api-versions", $"apps/v1/StatefulSet,{known}");
            Assert.Single(Manifests.Parse(rendered).Of<ServiceMonitor>());
        }
    }

    [Fact]
    public async Task The_Job_may_read_pods_and_nodes_and_the_other_one_Secret_and_nothing_else()
    {
        var manifests = await Manifests.OfAsync("defaults");
        static string Text(V1PolicyRule r) =>
            $"{string.Join(',', r.Resources)}{string.Concat((r.ResourceNames ?? []).Select(n => $"/{n}"))}: {string.Join(',', r.Verbs)}";
        Assert.Equal(["nodes: get"], manifests.One<V1ClusterRole>().Rules.Select(Text));
        Assert.Equal(
            ["pods: get,list", "secrets/prod-valkey-cluster-auth: get", "secrets: create"],
            manifests
                .Of<V1Role>()
                .OrderBy(r => r.Metadata.Name, StringComparer.Ordinal)
                .SelectMany(r => r.Rules)
                .Select(Text)
        );
        Assert.Empty((await Manifests.OfAsync("zones-from-servers")).Of<V1ClusterRole>());
    }
}
