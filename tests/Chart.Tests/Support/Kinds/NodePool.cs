using k8s;
using k8s.Models;

namespace Slotwright.Chart.Tests.Support.Kinds;

/// <summary>What the example uses of Karpenter's NodePool.</summary>
public sealed class NodePool : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public NodePoolSpec Spec { get; set; } = new();
}
