namespace Slotwright.Kubernetes.Targets;

/// <summary>A pod and how it is reached.</summary>
/// <param name="Address">Its IP; null where it has none yet.</param>
/// <param name="WhyNot">Why its server can't be asked; null where its process runs.</param>
internal sealed record PodPlace(string Pod, string? Address, string? WhyNot);
