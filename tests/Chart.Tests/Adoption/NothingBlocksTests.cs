using k8s;
using k8s.Models;
using Slotwright.Chart.Tests.Rehearsal;
using Slotwright.Chart.Tests.Support;

namespace Slotwright.Chart.Tests.Adoption;

/// <summary>What Helm and Kubernetes would refuse when a release of the guide's chart becomes one of this chart.</summary>
public sealed class NothingBlocksTests
{
    private const string Orphaned = "StatefulSet"; // deleted with --cascade=orphan, as the page says

    public static TheoryData<string, string> HelmsAndModes { get; } =
        new MatrixTheoryData<string, string>(TestHelm.All.Select(h => h.Version), ["hook", "plain"]);

    [Theory, MemberData(nameof(HelmsAndModes))]
    public async Task Helm_finds_nothing_that_it_does_not_own(string helm, string mode)
    {
        var ours = await OursAsync(helm, mode);
        var leftovers = GuideRelease.Leftovers.ToHashSet(StringComparer.Ordinal);
        foreach (var thing in ours.Objects.Where(o => leftovers.Contains(Key(o))))
        {
            // helm deletes what bears the name, whoever owns it; what is no hook it would refuse to take over
            Assert.Contains("before-hook-creation", thing.Metadata.Annotations["helm.sh/hook-delete-policy"]);
        }
    }

    [Theory, MemberData(nameof(HelmsAndModes))]
    public async Task Kubernetes_lets_every_object_be_changed_but_the_StatefulSet(string helm, string mode)
    {
        var ours = await OursAsync(helm, mode);
        var guides = GuideRelease.Objects.Manifests;
        foreach (var was in guides.Objects)
        {
            var now = ours.Objects.SingleOrDefault(o => Key(o) == Key(was));
            switch (was)
            {
                case V1Service service:
                    var spec = Assert.IsType<V1Service>(now).Spec;
                    Assert.Equal(service.Spec.ClusterIP, spec.ClusterIP);
                    Assert.Equal(service.Spec.Selector, spec.Selector);
                    Assert.Subset(spec.Ports.Select(Port).ToHashSet(), service.Spec.Ports.Select(Port).ToHashSet());
                    Assert.Equal(service.Spec.PublishNotReadyAddresses, spec.PublishNotReadyAddresses);
                    break;
                case V1Secret:
                    Assert.Null(now); // Helm no longer has it, and keeps it for its annotation
                    Assert.Equal("keep", was.Metadata.Annotations["helm.sh/resource-policy"]);
                    Assert.Equal(was.Metadata.Name, AuthVolume(ours).SecretName);
                    break;
                case V1ConfigMap:
                    // running pods keep what they have mounted; changed by an upgrade that fails, they would begin with it
                    Assert.Null(now);
                    break;
                default:
                    Assert.NotNull(now);
                    break;
            }
        }
    }

    [Theory, MemberData(nameof(HelmsAndModes))]
    public async Task Pods_and_volumes_are_taken_over(string helm, string mode)
    {
        var ours = (await OursAsync(helm, mode)).StatefulSet;
        var was = GuideRelease.Objects.StatefulSet;
        Assert.Equal((was.Metadata.Name, Orphaned), (ours.Metadata.Name, ours.Kind));
        Assert.Equal(was.Spec.Template.Metadata.Labels, ours.Spec.Selector.MatchLabels);
        Assert.Equal(was.Spec.Replicas, ours.Spec.Replicas);
        Assert.Equal(was.Spec.ServiceName, ours.Spec.ServiceName); // members' names
        Assert.Equal(was.Spec.PodManagementPolicy, ours.Spec.PodManagementPolicy);
        var (before, after) = (was.Spec.VolumeClaimTemplates.Single(), ours.Spec.VolumeClaimTemplates.Single());
        Assert.Equal(before.Metadata.Name, after.Metadata.Name);
        Assert.Equal(KubernetesYaml.Serialize(before.Spec), KubernetesYaml.Serialize(after.Spec));
        Assert.NotEqual(before.Metadata.Labels, after.Metadata.Labels); // why the StatefulSet has to be orphaned
        Assert.Equal(
            "/data",
            ours.Spec.Template.Spec.Containers.Single(c => c.Name == "valkey")
                .VolumeMounts.Single(m => m.Name == "data")
                .MountPath
        );
    }

    private static async Task<Manifests> OursAsync(string helm, string mode)
    {
        var run = await TestHelm
            .All.Single(h => h.Version == helm)
            .RunAsync([
                "template",
                Rendering.Release,
                ChartFolder.Chart,
                "--namespace",
                Rendering.Namespace,
                "--set",
                $"slotwright.image.registry=registry.example.com,bootstrap.mode={mode}",
            ]);
        return Manifests.Parse(run.Checked());
    }

    private static V1SecretVolumeSource AuthVolume(Manifests manifests) =>
        manifests.StatefulSet.Spec.Template.Spec.Volumes.Single(v => v.Secret is not null).Secret;

    private static (string, int) Port(V1ServicePort port) => (port.Name, port.Port);

    private static string Key(IKubernetesObject<V1ObjectMeta> thing) => $"{thing.Kind}/{thing.Metadata.Name}";
}
