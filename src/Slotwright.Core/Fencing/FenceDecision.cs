using System.Collections.Immutable;

namespace Slotwright.Core.Fencing;

/// <summary>What a member does that may have less than its replicas.</summary>
/// <param name="Reason">For people, in one line.</param>
public abstract record FenceDecision(string Reason)
{
    /// <summary>Its server may start with what it has.</summary>
    public sealed record Start(string Reason) : FenceDecision(Reason);

    /// <summary>Somebody is about to answer, or to hear what has happened.</summary>
    public sealed record Wait(string Reason) : FenceDecision(Reason);

    /// <summary>A replica has more: it takes over first.</summary>
    public sealed record Promote(FencedReplica Replica, string Reason) : FenceDecision(Reason);

    /// <summary>It can't be decided by what is known.</summary>
    /// <param name="Missing">The names of replicas that have not answered.</param>
    public sealed record HoldBack(ImmutableArray<string> Missing, string Reason) : FenceDecision(Reason);
}
