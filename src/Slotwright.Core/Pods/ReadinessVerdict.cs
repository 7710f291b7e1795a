namespace Slotwright.Core.Pods;

/// <summary>Whether a member is ready, and why.</summary>
/// <param name="Reason">In words; empty where more has to be asked.</param>
/// <param name="AsMember">It is ready as a member of a formed cluster: from now on it takes less to stay so.</param>
public sealed record ReadinessVerdict(ReadinessAnswer Answer, string Reason, bool AsMember = false);
