using Slotwright.Core.Cluster;

namespace Slotwright.Core.Pods;

/// <summary>What a member that is to go does next, and why.</summary>
public abstract record PreStopDecision(string Reason)
{
    /// <summary>Have a replica take over, then look again.</summary>
    public sealed record HandOver(NodeId To, string Reason) : PreStopDecision(Reason);

    /// <summary>Look again in a moment.</summary>
    public sealed record Wait(string Reason) : PreStopDecision(Reason);

    /// <summary>Let the server end.</summary>
    /// <param name="IsLast">Nobody else is known to have all that it has.</param>
    public sealed record End(string Reason, bool IsLast) : PreStopDecision(Reason);
}
