using k8s.Models;

namespace Slotwright.Chart.Tests.Support.Kinds;

public sealed class NodePoolTemplate
{
    public V1ObjectMeta Metadata { get; set; } = new();
    public NodePoolNodeSpec Spec { get; set; } = new();
}
