using k8s;
using k8s.Models;

namespace Slotwright.Chart.Tests.Support.Kinds;

/// <summary>What the chart uses of Prometheus Operator's ServiceMonitor.</summary>
public sealed class ServiceMonitor : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public ServiceMonitorSpec Spec { get; set; } = new();
}
