namespace Slotwright.Core.Restarts;

/// <summary>How a member's server ends, so that the next goes on from there.</summary>
/// <param name="Reason">For people, in one line.</param>
public abstract record ResumeDecision(string Reason)
{
    /// <summary>With a snapshot from which the next server goes on in its primary's stream.</summary>
    public sealed record Resume(string Reason) : ResumeDecision(Reason);

    /// <summary>Its append-only files are not written yet: it goes on from a snapshot again, a newer one where there is time.</summary>
    public sealed record Again(bool Saves, string Reason) : ResumeDecision(Reason);

    /// <summary>As it would: it will copy everything from its primary.</summary>
    public sealed record Copy(string Reason) : ResumeDecision(Reason);

    /// <summary>It keeps no append-only file, or is no replica: there is nothing to decide.</summary>
    public sealed record Usual() : ResumeDecision("");
}
