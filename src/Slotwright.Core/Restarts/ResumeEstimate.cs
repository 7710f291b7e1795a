namespace Slotwright.Core.Restarts;

/// <summary>What a restart from a snapshot takes, and what its primary has to keep of the stream meanwhile.</summary>
/// <param name="UsedMemory">Bytes, of the member.</param>
/// <param name="WriteRate">Bytes a second that come into its primary's stream.</param>
/// <param name="Between">From the end of its server to the start of the next.</param>
public sealed record ResumeEstimate(long UsedMemory, double WriteRate, TimeSpan Between)
{
    /// <summary>Saved and loaded, as memory is counted: less than was ever seen here.</summary>
    public const double BytesPerSecond = 100e6;

    /// <summary>Until the link is up again.</summary>
    private static readonly TimeSpan Link = TimeSpan.FromSeconds(2);

    /// <summary>A server that has nothing to save takes that long to end.</summary>
    private static readonly TimeSpan End = TimeSpan.FromSeconds(1);

    private const double Margin = 2;

    public TimeSpan SaveTime => End + TimeSpan.FromSeconds(UsedMemory / BytesPerSecond);

    public TimeSpan LoadTime => TimeSpan.FromSeconds(UsedMemory / BytesPerSecond);

    /// <summary>From the moment that the snapshot is of to the moment that its primary is asked to go on.</summary>
    public TimeSpan Away => SaveTime + Between + LoadTime + Link;

    /// <summary>Bytes of the stream that come meanwhile.</summary>
    public long Missed => (long)Math.Min(WriteRate * Away.TotalSeconds, long.MaxValue / 4);

    /// <summary>A backlog for that, with room for what an estimate does not know.</summary>
    public long WantedBacklog => (long)(Missed * Margin);
}
