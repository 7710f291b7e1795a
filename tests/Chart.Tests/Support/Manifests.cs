using k8s;
using k8s.Models;
using Slotwright.Chart.Tests.Support.Kinds;

namespace Slotwright.Chart.Tests.Support;

/// <summary>Manifests, read strictly: a field that the kind does not have is an error, as is a key that comes twice.</summary>
public sealed record Manifests(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects)
{
    private static readonly Dictionary<string, Type> CustomKinds = new(StringComparer.Ordinal)
    {
        ["monitoring.coreos.com/v1/ServiceMonitor"] = typeof(ServiceMonitor),
        ["karpenter.sh/v1/NodePool"] = typeof(NodePool),
    };

    public static Manifests Parse(string yaml) =>
        new([
            .. KubernetesYaml
                .LoadAllFromString(yaml, CustomKinds, strict: true)
                .Cast<IKubernetesObject<V1ObjectMeta>>(),
        ]);

    public static async Task<Manifests> OfAsync(string name) =>
        Parse(await ChartCase.Of(name).RenderAsync(TestHelm.Four));

    public V1StatefulSet StatefulSet => One<V1StatefulSet>();

    public IEnumerable<T> Of<T>() => Objects.OfType<T>();

    public T One<T>() => Assert.Single(Of<T>());

    /// <summary>Every pod that comes of an object, with the object's kind and name.</summary>
    public IEnumerable<PodOf> Pods =>
        Objects.SelectMany(o =>
            o switch
            {
                V1StatefulSet s => [new PodOf(o, s.Spec.Template.Metadata.Labels, s.Spec.Template.Spec)],
                V1Job j => [new PodOf(o, j.Spec.Template.Metadata.Labels, j.Spec.Template.Spec)],
                V1DaemonSet d => [new PodOf(o, d.Spec.Template.Metadata.Labels, d.Spec.Template.Spec)],
                V1Pod p => [new PodOf(o, p.Metadata.Labels, p.Spec)],
                _ => Array.Empty<PodOf>(),
            }
        );
}
