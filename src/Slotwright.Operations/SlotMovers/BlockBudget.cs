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

    /// <summary>How much the latest call counts against those before.</summary>
    private const double Learning = 0.2;

    private readonly Lock _gate = new();
    private double _rate = FirstRate;

    /// <summary>What the next call may carry.</summary>
    public long Bytes => (long)Math.Clamp(Rate * allowed.TotalSeconds, Least, Most);

    /// <summary>How long a call with so much will keep both servers.</summary>
    public TimeSpan Expected(long bytes) => TimeSpan.FromSeconds(bytes / Rate);

    public void Learn(long bytes, TimeSpan took)
    {
        if (bytes < Least || took <= TimeSpan.Zero)
        {
            return; // what a call costs that carries nearly nothing says nothing of bytes
        }
        lock (_gate)
        {
            _rate += Learning * (bytes / took.TotalSeconds - _rate);
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
