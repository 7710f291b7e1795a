using k8s.Models;

namespace Slotwright.Chart.Tests.Support.Kinds;

public sealed class NodePoolNodeSpec
{
    public IDictionary<string, string> NodeClassRef { get; set; } = new Dictionary<string, string>();
    public IList<V1Taint> Taints { get; set; } = [];
    public IList<V1NodeSelectorRequirement> Requirements { get; set; } = [];
    public string ExpireAfter { get; set; } = "";
    public string TerminationGracePeriod { get; set; } = "";
}
