namespace Slotwright.Operations.Agent;

/// <param name="Done">Steps that were done.</param>
/// <param name="Failed">Steps that were tried in vain.</param>
/// <param name="Last">When the last was done.</param>
public readonly record struct HealCount(long Done, long Failed, DateTimeOffset? Last);
