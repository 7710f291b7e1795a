namespace Slotwright.Core.Planning.Waves;

/// <summary>How members are to be brought to their desired revision.</summary>
public sealed record WaveWish
{
    public static readonly WaveWish Default = new();

    /// <summary>As it is shown: <c>restart</c>.</summary>
    public string Operation { get; init; } = "restart";

    /// <summary>Members that are away at the same time, 1 or more; null for as many as the invariants allow.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>A wave may take members of several zones.</summary>
    public bool AcrossZones { get; init; }

    /// <summary>Slots of which nobody has a copy may be away while their primary restarts.</summary>
    public bool AllowDowntime { get; init; }

    /// <summary>
    /// One replica of each shard stays at the revision that it has, so that there is a way back. Once that is all that
    /// a shard has left to do, there is nothing to do for it.
    /// </summary>
    public bool KeepsOne { get; init; }

    /// <summary>Members whose files their new server can't read: they start empty and copy everything.</summary>
    public Func<string, bool> StartsEmpty { get; init; } = static _ => false;
}
