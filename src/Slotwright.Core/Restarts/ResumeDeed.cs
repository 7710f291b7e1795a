namespace Slotwright.Core.Restarts;

/// <summary>What comes next for a server that was started from a snapshot, without append-only files.</summary>
public enum ResumeDeed
{
    /// <summary>It loads, or writes them.</summary>
    Wait,

    /// <summary>CONFIG SET appendonly yes.</summary>
    SwitchOn,

    /// <summary>They are whole: it may be elected again, and the mark goes.</summary>
    Finish,
}
