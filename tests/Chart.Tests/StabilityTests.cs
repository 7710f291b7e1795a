using k8s.Models;
using Slotwright.Chart.Tests.Support;

namespace Slotwright.Chart.Tests;

/// <summary>What may change without a restart of members, and what Kubernetes refuses to change at all.</summary>
public sealed class StabilityTests
{
    private static readonly string[] Tag = ["--set", "slotwright.image.tag=0.1.0"];

    [Theory]
    [InlineData("replicaCount=12")]
    [InlineData("replicaCount=9,replicasPerPrimary=2")]
    [InlineData("metrics.serviceMonitor.enabled=false")]
    [InlineData("metrics.serviceMonitor.interval=5s")]
    [InlineData("pdb.enabled=false")]
    [InlineData("pdb.maxUnavailable=2")]
    [InlineData("networkPolicy.enabled=true")]
    [InlineData("networkPolicy.bus=true")]
    [InlineData("bootstrap.mode=plain")]
    [InlineData("bootstrap.waitTimeoutSeconds=900")]
    [InlineData("topology.azAwareBootstrap=false")]
    [InlineData("updateStrategy=OnDelete")]
    [InlineData("service.annotations.a=b")]
    [InlineData("commonAnnotations.a=b")]
    [InlineData("serviceAccount.annotations.a=b")]
    [InlineData("persistentVolumeClaimRetentionPolicy.whenScaled=Delete")]
    public async Task Members_are_not_restarted_by(string change)
    {
        var (template, claims) = await PartsAsync(ChartFolder.Chart, Tag);
        var (after, claimsAfter) = await PartsAsync(ChartFolder.Chart, [.. Tag, "--set", change]);
        Assert.Equal(template, after);
        Assert.Equal(claims, claimsAfter);
    }

    [Fact]
    public async Task Members_are_not_restarted_by_another_version_of_the_chart_with_the_same_image()
    {
        using var scratch = new ScratchFolder();
        var next = Next(scratch);
        Assert.Equal(await PartsAsync(ChartFolder.Chart, Tag), await PartsAsync(next, Tag));
        Assert.NotEqual((await PartsAsync(ChartFolder.Chart, [])).Template, (await PartsAsync(next, [])).Template);
    }

    [Theory]
    [InlineData("valkeyLogLevel=debug")]
    [InlineData("valkeyConfig=maxmemory 1gb")]
    [InlineData("image.tag=9.1.0")]
    [InlineData("podLabels.a=b")]
    [InlineData("commonLabels.a=b")]
    public async Task Members_are_restarted_and_their_claims_kept_by(string change)
    {
        var (template, claims) = await PartsAsync(ChartFolder.Chart, Tag);
        var (after, claimsAfter) = await PartsAsync(ChartFolder.Chart, [.. Tag, "--set", change]);
        Assert.NotEqual(template, after);
        Assert.Equal(claims, claimsAfter);
    }

    [Fact]
    public async Task The_claims_have_no_label_that_a_version_could_change()
    {
        var claim = Assert.Single((await Manifests.OfAsync("extras")).StatefulSet.Spec.VolumeClaimTemplates);
        Assert.Equal(
            ["app.kubernetes.io/instance", "app.kubernetes.io/name"],
            claim.Metadata.Labels.Keys.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task In_plain_mode_nothing_is_a_hook_and_a_Jobs_name_changes_with_its_content()
    {
        var plain = await Manifests.OfAsync("plain");
        Assert.DoesNotContain(
            plain.Objects,
            o => o.Metadata.Annotations?.Keys.Any(k => k.StartsWith("helm.sh/hook", StringComparison.Ordinal)) == true
        );
        Assert.Empty(plain.Of<V1Pod>());
        string[] before = [.. JobNames(plain)];
        Assert.All(before, n => Assert.Matches("^cache-valkey-cluster-(bootstrap|check|secret)-[0-9a-f]{8}$", n));

        var larger = Manifests.Parse(await ChartCase.Of("plain").RenderAsync(TestHelm.Four, "--set", "replicaCount=8"));
        Assert.All(JobNames(larger).Except(before), n => Assert.DoesNotContain("secret", n, StringComparison.Ordinal));
        Assert.Equal(2, JobNames(larger).Except(before).Count());
        var same = Manifests.Parse(
            await ChartCase.Of("plain").RenderAsync(TestHelm.Four, "--set", "pdb.enabled=false")
        );
        Assert.Equal(before, JobNames(same));
    }

    [Fact]
    public async Task In_hook_mode_all_that_the_Jobs_need_is_a_hook_and_comes_before_them()
    {
        var manifests = await Manifests.OfAsync("network-policy");
        var hooks = manifests.Objects.Where(o => o.Metadata.Annotations?.ContainsKey("helm.sh/hook") == true).ToArray();
        int Weight(string kind, string suffix) =>
            int.Parse(
                hooks
                    .Single(h => h.Kind == kind && h.Metadata.Name.EndsWith(suffix, StringComparison.Ordinal))
                    .Metadata.Annotations["helm.sh/hook-weight"]
            );
        foreach (var (suffix, kinds) in new[] { ("-secret", 4), ("-bootstrap", 4) })
        {
            string[] needed = ["ServiceAccount", "Role", "RoleBinding", "NetworkPolicy"];
            Assert.Equal(kinds, needed.Length);
            Assert.All(needed, k => Assert.True(Weight(k, suffix) < Weight("Job", suffix)));
        }
        Assert.All(
            hooks,
            h => Assert.Contains("before-hook-creation", h.Metadata.Annotations["helm.sh/hook-delete-policy"])
        );
        Assert.All(manifests.Of<V1Job>(), j => Assert.Null(j.Spec.TtlSecondsAfterFinished));
        Assert.Contains(hooks, h => h is V1Job && h.Metadata.Annotations["helm.sh/hook"] == "pre-install,pre-upgrade");
        Assert.Contains(
            hooks,
            h => h is V1Job && h.Metadata.Annotations["helm.sh/hook"] == "post-install,post-upgrade,post-rollback"
        );
    }

    [Fact]
    public async Task A_release_of_the_guides_chart_finds_its_objects_under_their_names()
    {
        var manifests = await Manifests.OfAsync("guide");
        var names = manifests.Objects.Select(o => $"{o.Kind}/{o.Metadata.Name}").ToHashSet();
        string[] guides =
        [
            "StatefulSet/valkey-cluster",
            "Service/valkey-cluster-headless",
            "Job/valkey-cluster-bootstrap",
            "Role/valkey-cluster-bootstrap",
            "RoleBinding/valkey-cluster-bootstrap",
            "ClusterRole/valkey-cluster-bootstrap-valkey-cluster",
            "ClusterRoleBinding/valkey-cluster-bootstrap-valkey-cluster",
            "ServiceAccount/valkey-cluster",
            "PodDisruptionBudget/valkey-cluster",
            "NetworkPolicy/valkey-cluster",
            "ServiceMonitor/valkey-cluster",
        ];
        Assert.Subset(names, guides.ToHashSet());
        var pod = manifests.StatefulSet.Spec.Template.Spec;
        Assert.Equal(
            ["kernel-tuning", "install-slotwright", "prepare-config", "agent"],
            pod.InitContainers.Select(c => c.Name)
        );
        Assert.Equal(["valkey", "metrics"], pod.Containers.Select(c => c.Name));
        Assert.Equal(
            ["tcp-client", "tcp-bus", "http-metrics"],
            pod.Containers.SelectMany(c => c.Ports).Select(p => p.Name)
        );
        var secret = (await Manifests.OfAsync("defaults")).StatefulSet.Spec.Template.Spec.Volumes;
        Assert.Equal("prod-valkey-cluster-auth", secret.Single(v => v.Name == "auth").Secret.SecretName);
    }

    private static IEnumerable<string> JobNames(Manifests manifests) =>
        manifests.Of<V1Job>().Select(j => j.Metadata.Name).Order(StringComparer.Ordinal);

    /// <summary>The StatefulSet's pod template and claim templates, as they are written.</summary>
    private static async Task<(string Template, string Claims)> PartsAsync(string chart, string[] more)
    {
        var options = ChartCase.Of("defaults").Options;
        var yaml = (await TestHelm.Four.RunAsync(["template", "prod", chart, .. options, .. more])).Checked();
        var set = yaml.Split("\n---\n").Single(d => d.Contains("\nkind: StatefulSet\n"));
        var template = set.IndexOf("\n  template:\n", StringComparison.Ordinal);
        var claims = set.IndexOf("\n  volumeClaimTemplates:\n", StringComparison.Ordinal);
        Assert.True(template > 0 && claims > template);
        return (set[template..claims], set[claims..].TrimEnd());
    }

    private static string Next(ScratchFolder scratch)
    {
        var next = Path.Combine(scratch.Path, "valkey-cluster");
        ChartFolder.CopyTo(next);
        var file = Path.Combine(next, "Chart.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\nversion: 0.1.0\n", "\nversion: 0.7.0\n"));
        return next;
    }
}
