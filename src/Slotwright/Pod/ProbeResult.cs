namespace Slotwright.Pod;

/// <param name="Reason">Why, for whoever reads the pod's events.</param>
internal sealed record ProbeResult(bool IsGood, string Reason);
