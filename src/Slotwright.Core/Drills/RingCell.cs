namespace Slotwright.Core.Drills;

/// <summary>
/// What is known of one cell of a ring. Its writes are counted by generations 1, 2, 3...; a generation is written,
/// again and again if need be, until it is acknowledged, and only then comes the next.
/// </summary>
internal struct RingCell
{
    /// <summary>The last generation that was sent; one more than Acknowledged where its fate is open.</summary>
    public int Sent;

    public int Acknowledged;

    /// <summary>What was acknowledged when the read under way was sent.</summary>
    public int Expected;

    public bool InFlight;

    /// <summary>A read that was sent after it has shown the acknowledged generation.</summary>
    public bool Seen;

    /// <summary>Number of reads that did not show what they should have; 0 where there is no suspicion.</summary>
    public int Misses;

    /// <summary>The generation that those reads showed instead.</summary>
    public int Found;

    private int _sends;
    private int _lostFrom;
    private int _lostTo;

    /// <summary>Bit i: generation Acknowledged - i was confirmed by WAIT.</summary>
    private ulong _confirmed;

    /// <summary>Bit i: generation Acknowledged - i was sent more than once.</summary>
    private ulong _repeated;

    public readonly bool IsSuspect => Misses > 0;

    /// <summary>The last acknowledged generation is counted as lost already.</summary>
    public readonly bool IsCondemned => _lostTo >= Acknowledged;

    public readonly bool IsOpen => Sent > Acknowledged;

    /// <summary>May be written without a doubt about what stands there.</summary>
    public readonly bool IsFree => !InFlight && !IsSuspect && (IsOpen || Seen || Acknowledged == 0);

    public int Send()
    {
        if (!IsOpen)
        {
            Sent++;
            _sends = 0;
        }
        _sends++;
        InFlight = true;
        return Sent;
    }

    public void Acknowledge(bool confirmed, bool repeated)
    {
        Acknowledged = Sent;
        _confirmed = (_confirmed << 1) | (confirmed ? 1UL : 0);
        _repeated = (_repeated << 1) | (repeated || _sends > 1 ? 1UL : 0);
        InFlight = false;
        Seen = false;
    }

    public readonly bool WasRepeated(int generation) => (BitOf(generation) & _repeated) != 0;

    /// <summary>
    /// Judges every acknowledged generation after the one that was found, up to <paramref name="last"/>, as gone. None
    /// is counted twice.
    /// </summary>
    public (long Lost, long Confirmed) Condemn(int found, int last)
    {
        Misses = 0;
        if (last <= found)
        {
            return (0, 0);
        }
        var (lost, confirmed) = (0L, 0L);
        if (_lostTo == 0)
        {
            Count(found + 1, last, ref lost, ref confirmed);
            (_lostFrom, _lostTo) = (found + 1, last);
        }
        else
        {
            Count(found + 1, Math.Min(last, _lostFrom - 1), ref lost, ref confirmed);
            Count(Math.Max(found + 1, _lostTo + 1), last, ref lost, ref confirmed);
            (_lostFrom, _lostTo) = (Math.Min(_lostFrom, found + 1), Math.Max(_lostTo, last));
        }
        return (lost, confirmed);
    }

    private readonly void Count(int first, int last, ref long lost, ref long confirmed)
    {
        for (var generation = first; generation <= last; generation++)
        {
            lost++;
            confirmed += (BitOf(generation) & _confirmed) != 0 ? 1 : 0;
        }
    }

    private readonly ulong BitOf(int generation) =>
        Acknowledged - generation is >= 0 and < 64 and var age ? 1UL << age : 0;
}
