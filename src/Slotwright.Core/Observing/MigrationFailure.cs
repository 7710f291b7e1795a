namespace Slotwright.Core.Observing;

/// <summary>What an atomic slot migration failed of, and so what helps.</summary>
public enum MigrationFailure
{
    /// <summary>The taker has no memory left for them: nothing that is tried again helps.</summary>
    OutOfMemory,

    /// <summary>More was written to the slots than could follow: fewer at a time may do.</summary>
    WritesTooFast,

    /// <summary>An end was replaced, restarted, flushed or not reached, or does not agree yet: it may pass.</summary>
    Passing,

    /// <summary>Somebody has ended it.</summary>
    Cancelled,

    /// <summary>The servers say something that is not known here.</summary>
    Unknown,
}
