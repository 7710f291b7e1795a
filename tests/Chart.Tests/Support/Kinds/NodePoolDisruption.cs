namespace Slotwright.Chart.Tests.Support.Kinds;

public sealed class NodePoolDisruption
{
    public string ConsolidationPolicy { get; set; } = "";
    public string ConsolidateAfter { get; set; } = "";
    public IList<Dictionary<string, string>> Budgets { get; set; } = [];
}
