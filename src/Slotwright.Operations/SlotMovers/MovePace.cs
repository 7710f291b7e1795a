namespace Slotwright.Operations.SlotMovers;

/// <summary>How much a move of slots may take from a server's clients.</summary>
/// <param name="Name">As it is given on the command line.</param>
/// <param name="Block">How long one call may keep a server from answering anybody else.</param>
/// <param name="Rest">How long a server is left alone after a call, as a multiple of what the call took; at least 0.</param>
/// <param name="BytesPerSecond">Between one pair of servers; null for no bound.</param>
/// <param name="SlotsAtOnce">Slots between one pair that are open at the same time, where keys go in batches; at least 1.</param>
/// <param name="CallsAtOnce">Calls that may wait at one server, so that it never has to wait for the next; at least 1.</param>
/// <param name="BytesAtOnce">What one atomic migration carries; a single slot may be more.</param>
public sealed record MovePace(
    string Name,
    TimeSpan Block,
    double Rest,
    long? BytesPerSecond,
    int SlotsAtOnce,
    int CallsAtOnce,
    long BytesAtOnce
)
{
    private const long Mebi = 1 << 20;

    public static readonly MovePace Gentle = new(
        "gentle",
        TimeSpan.FromMilliseconds(2),
        Rest: 4,
        20 * Mebi,
        SlotsAtOnce: 4,
        CallsAtOnce: 1,
        64 * Mebi
    );

    public static readonly MovePace Normal = new(
        "normal",
        TimeSpan.FromMilliseconds(5),
        Rest: 1,
        100 * Mebi,
        SlotsAtOnce: 32,
        CallsAtOnce: 1,
        256 * Mebi
    );

    public static readonly MovePace Fast = new(
        "fast",
        TimeSpan.FromMilliseconds(50),
        Rest: 0,
        BytesPerSecond: null,
        SlotsAtOnce: 256,
        CallsAtOnce: 4,
        long.MaxValue
    );
}
