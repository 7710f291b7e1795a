namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// How many bytes one call may carry between two servers, so that neither is kept longer than is allowed: learnt from
/// what the calls before took.
/// </summary>
internal sealed class BlockBudget(TimeSpan allowed)
{
    private const long Least = 4 << 10;
    private const long Most = 16 << 20;

    /// <summary>Slower than any machine of today, until it is known better: bytes a second.</summary>
    private const double FirstRate = 20 << 20;

    /// <summary>That servers of today carry without strain: no key is refused since calls were slow for other reasons.</summary>
    private const double EasyRate = 100 << 20;

    /// <summary>How much the latest call counts against those before.</summary>
    private const double Learning = 0.2;

    private readonly Lock _gate = new();
    private double _rate = FirstRate;
    private double _best = EasyRate;

    /// <summary>What the next call may carry.</summary>
    public long Bytes => (long)Math.Clamp(Rate * allowed.TotalSeconds, Least, Most);

    /// <summary>How long a call with so much will keep both servers.</summary>
    public TimeSpan Expected(long bytes) => TimeSpan.FromSeconds(bytes / Rate);

    /// <summary>How long it will keep them on a good day: at the best rate that was seen.</summary>
    public TimeSpan AtLeast(long bytes)
    {
        lock (_gate)
        {
            return TimeSpan.FromSeconds(bytes / _best);
        }
    }

    public void Learn(long bytes, TimeSpan took)
    {
        if (bytes < Least || took <= TimeSpan.Zero)
        {
            return; // what a call costs that carries nearly nothing says nothing of bytes
        }
        lock (_gate)
        {
            var rate = bytes / took.TotalSeconds;
            _rate += Learning * (rate - _rate);
            _best = Math.Max(_best, rate);
        }
    }

    private double Rate
    {
        get
        {
            lock (_gate)
            {
                return _rate;
            }
        }
    }
}
