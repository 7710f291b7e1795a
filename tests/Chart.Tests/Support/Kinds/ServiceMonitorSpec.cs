using k8s.Models;

namespace Slotwright.Chart.Tests.Support.Kinds;

public sealed class ServiceMonitorSpec
{
    public IDictionary<string, string[]> NamespaceSelector { get; set; } = new Dictionary<string, string[]>();
    public V1LabelSelector Selector { get; set; } = new();
    public IList<ServiceMonitorEndpoint> Endpoints { get; set; } = [];
}
