namespace Slotwright.Core.Pods;

/// <summary>What a server keeps on its volume.</summary>
/// <param name="AppendOnly">It writes an append-only file, and starts from that.</param>
/// <param name="SavePoints">It writes snapshots from time to time.</param>
/// <param name="UsedMemory">Bytes.</param>
public sealed record Persistence(bool AppendOnly, bool SavePoints, long UsedMemory)
{
    private const double BytesPerSecond = 100e6;
    private const double LargestShare = 0.7;
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Whether it writes a snapshot when it ends. With an append-only file it would not be read again (the file is
    /// flushed in any case); from a snapshot a replica resumes. Somebody who keeps nothing gets one only where nobody
    /// else has the data.
    /// </summary>
    public bool Saves(bool isLast) => !AppendOnly && (SavePoints || isLast);

    /// <summary>What is set aside of the grace period for the shutdown.</summary>
    public TimeSpan ShutdownTime(TimeSpan gracePeriod, bool isLast)
    {
        var wanted = Saves(isLast) ? Least + TimeSpan.FromSeconds(UsedMemory / BytesPerSecond) : Least;
        var most = gracePeriod * LargestShare;
        return wanted < most ? wanted : most;
    }
}
