namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>Why a pod would not come up, or not come to its end, on a kubelet.</summary>
public sealed class PodTroubleException(string message) : Exception(message);
