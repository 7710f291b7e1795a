namespace Slotwright.Core.Restarts;

/// <summary>How far a restart that resumes has come, as the member's disk remembers it.</summary>
public enum ResumePhase
{
    /// <summary>Its server is about to end with a snapshot, or has ended.</summary>
    Leaving,

    /// <summary>Its server has been started from the snapshot, without append-only files.</summary>
    Resuming,
}
