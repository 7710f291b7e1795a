namespace Slotwright.Operations.SlotMovers;

/// <summary>How much a move of slots may take from a server's clients.</summary>
/// <param name="Name">As it is given on the command line.</param>
/// <param name="Block">How long one call may keep a server from answering anybody else.</param>
/// <param name="Rest">
/// How long a server is left alone after a call, as a multiple of what the call took; at least 0. What is below a millisecond is
/// left away: a timer makes two of it, and a move that takes longer disturbs for longer.
/// </param>
/// <param name="BytesPerSecond">Between one pair of servers; null for no bound.</param>
/// <param name="KeysTogether">That one call carries at most, however small they are; at least 1.</param>
/// <param name="SlotsTogether">
/// Slots between one pair that are opened, carried and closed together where keys go in batches, at least 1. Where groups
/// overlap, three of them are open at the same time; where they do not, one slot goes at a time between servers with replicas.
/// </param>
/// <param name="CallsAtOnce">Calls that may wait at one server, so that it never has to wait for the next; at least 1.</param>
/// <param name="BytesAtOnce">What one atomic migration carries; a single slot may be more.</param>
/// <param name="Overlaps">
/// While the keys of one group go, the next is opened and the one before closed: a third faster. A call waits then for
/// nodes.conf files that are synced at the other end, and clients with it.
/// </param>
public sealed record MovePace(
    string Name,
    TimeSpan Block,
    double Rest,
    long? BytesPerSecond,
    int KeysTogether,
    int SlotsTogether,
    int CallsAtOnce,
    long BytesAtOnce,
    bool Overlaps
)
{
    private const long Mebi = 1 << 20;

    public static readonly MovePace Gentle = new(
        "gentle",
        TimeSpan.FromMilliseconds(2),
        Rest: 4,
        20 * Mebi,
        KeysTogether: 16,
        SlotsTogether: 2,
        CallsAtOnce: 1,
        64 * Mebi,
        Overlaps: false
    );

    public static readonly MovePace Normal = new(
        "normal",
        TimeSpan.FromMilliseconds(5),
        Rest: 0.5,
        100 * Mebi,
        KeysTogether: 16,
        SlotsTogether: 4,
        CallsAtOnce: 1,
        256 * Mebi,
        Overlaps: false
    );

    public static readonly MovePace Fast = new(
        "fast",
        TimeSpan.FromMilliseconds(50),
        Rest: 0,
        BytesPerSecond: null,
        KeysTogether: 1000,
        SlotsTogether: 256,
        CallsAtOnce: 4,
        long.MaxValue,
        Overlaps: true
    );
}
