namespace Slotwright.Chart.Tests.Support.Kinds;

public sealed class NodePoolSpec
{
    public NodePoolTemplate Template { get; set; } = new();
    public NodePoolDisruption Disruption { get; set; } = new();
}
