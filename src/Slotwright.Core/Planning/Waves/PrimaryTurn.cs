namespace Slotwright.Core.Planning.Waves;

/// <summary>What becomes of a shard's primary.</summary>
internal enum PrimaryTurn
{
    /// <summary>It need not restart, or is down.</summary>
    Stays,

    /// <summary>It hands over and restarts.</summary>
    Moves,

    /// <summary>It hands over and stays as it is.</summary>
    GivesUp,

    /// <summary>Nobody can take over from it.</summary>
    GoesDown,
}
