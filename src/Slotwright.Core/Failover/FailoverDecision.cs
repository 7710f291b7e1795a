namespace Slotwright.Core.Failover;

/// <summary>What an agent does about a shard whose primary is gone.</summary>
/// <param name="Reason">In words, for the log.</param>
public abstract record FailoverDecision(string Reason)
{
    /// <summary>It is no business of this agent, or is over.</summary>
    public sealed record Nothing(string Reason) : FailoverDecision(Reason);

    /// <summary>It looks again in a moment.</summary>
    public sealed record Watch(string Reason) : FailoverDecision(Reason);

    /// <summary>It reads what each replica of the shard has.</summary>
    public sealed record Compare(string Reason) : FailoverDecision(Reason);

    /// <summary>It has its own server take over: CLUSTER FAILOVER FORCE, never TAKEOVER.</summary>
    /// <param name="Again">It has done so before, and there is no winner yet.</param>
    public sealed record Force(string Reason, bool Again) : FailoverDecision(Reason);
}
