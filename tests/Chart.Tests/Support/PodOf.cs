using k8s;
using k8s.Models;

namespace Slotwright.Chart.Tests.Support;

/// <summary>A pod and the object that it comes of.</summary>
public sealed record PodOf(IKubernetesObject<V1ObjectMeta> Owner, IDictionary<string, string> Labels, V1PodSpec Spec)
{
    public bool IsMember => Owner is V1StatefulSet;

    public IEnumerable<V1Container> Containers => (Spec.InitContainers ?? []).Concat(Spec.Containers);

    public override string ToString() => $"{Owner.Kind}/{Owner.Metadata.Name}";
}
