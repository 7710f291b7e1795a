namespace Slotwright.Core.Drills;

/// <summary>
/// The ledger of one key, whose value is a ring of cells, and the judge of what reads of it show. Write number n goes
/// to cell n mod cells, so that the last writes of a key stand beside each other: none hides the loss of the one
/// before it, and a copy that lands late can't undo a newer one elsewhere. A failed write, which may or may not be
/// there, is sent again into its cell until it is acknowledged; a cell is written anew only after a read has shown
/// what was acknowledged there. So a read that shows an older number in a cell proves that every number between that
/// and the last acknowledged one is gone.
/// <para>
/// Memory is bounded: about 64 bytes a cell. A loss is always seen if it is still there at the next read of its key,
/// which comes within half a round of the ring, and before any further write after <see cref="Doubt"/>. What is
/// counted as lost is gone for certain: a write that a read missed but a later one showed counts as a stale read. The
/// count is exact but for writes that this run itself wrote over between the loss and that read: at most half a ring,
/// and after a doubt only those that were under way. Confirmed ones are counted among the last 64 writes of a cell.
/// </para>
/// Not thread-safe.
/// </summary>
/// <param name="cells">4 or more.</param>
/// <param name="tag">Tells this key's values from those of others.</param>
/// <param name="head">By how many writes the first read comes sooner than after half a round; 0 to half the cells.</param>
public sealed class WriteRing(int cells, ushort tag, int head = 0)
{
    private const int MissesThatCondemn = 2;

    private readonly RingCell[] _cells = new RingCell[cells];
    private RingCounts _counts;
    private int _next;
    private int _writesSinceRead = head;
    private bool _isReading;
    private bool _isWriteTurn;
    private bool _isInDoubt;
    private int _missingReads;

    public RingCounts Counts => _counts;

    /// <summary>The last read missed a write: a further one may acquit it.</summary>
    public bool HasSuspects => _cells.Any(c => c.IsSuspect);

    /// <summary>At least one write was acknowledged.</summary>
    public bool HasAcknowledged => _cells.Any(c => c.Acknowledged > 0);

    /// <summary>The next action will be a read, unless that is impossible.</summary>
    public bool IsReadDue => _isInDoubt || _writesSinceRead >= _cells.Length / 2;

    /// <summary>The cell that a number is written to, 0 to cells - 1.</summary>
    public int CellOf(long number) => (int)(number % _cells.Length);

    /// <summary>Fills a value with the number and the key's tag.</summary>
    public void WriteValue(Span<byte> value, long number) => RingText.Write(value, tag, number);

    /// <summary>What to do next; who takes a write or a read must tell how it ended.</summary>
    /// <param name="number">The number to write, 1 or more.</param>
    public RingAction Next(out long number)
    {
        number = 0;
        if (IsReadDue && !_isReading && !_isWriteTurn)
        {
            return BeginRead();
        }
        if ((!_isInDoubt || _isWriteTurn) && FindCell() is >= 0 and var cell)
        {
            _isWriteTurn = false;
            _writesSinceRead++;
            number = ((long)_cells[cell].Send() * _cells.Length) + cell;
            return RingAction.Write;
        }
        return _isReading ? RingAction.None : BeginRead();
    }

    /// <summary>A write was acknowledged.</summary>
    /// <param name="confirmed">WAIT told of as many replicas as were asked for.</param>
    /// <param name="repeated">It was sent more than once, so that a copy of it may land later.</param>
    public void Acknowledged(long number, bool confirmed, bool repeated)
    {
        ref var cell = ref _cells[CellOf(number)];
        if (cell.IsSuspect)
        {
            Condemn(ref cell, cell.Found, cell.Acknowledged); // no later read can tell any more
        }
        cell.Acknowledge(confirmed, repeated);
    }

    /// <summary>A write was refused, or its outcome is unknown.</summary>
    public void Failed(long number) => _cells[CellOf(number)].InFlight = false;

    /// <summary>What was seen so far may be gone: nothing is written before the key has been read again.</summary>
    public void Doubt()
    {
        _isInDoubt = true;
        foreach (ref var cell in _cells.AsSpan())
        {
            cell.Seen = false;
        }
    }

    /// <summary>Begins a read, also at the end of a run when no write is under way.</summary>
    public RingAction BeginRead()
    {
        _isReading = true;
        _isInDoubt = false;
        _writesSinceRead = 0;
        foreach (ref var cell in _cells.AsSpan())
        {
            cell.Expected = cell.Acknowledged;
        }
        return RingAction.Read;
    }

    public void ReadFailed()
    {
        _isReading = false;
        _isInDoubt = true;
        _isWriteTurn = true; // where reads fail, writes still get their turn
    }

    /// <summary>A read was answered: it is judged by what had been acknowledged before it was sent.</summary>
    /// <param name="value">The key's value; empty where there is no such key.</param>
    /// <param name="valueSize">The size of a cell in bytes.</param>
    public void ReadShowed(ReadOnlySpan<byte> value, int valueSize)
    {
        _isReading = false;
        var misses = false;
        var acquits = false;
        for (var i = 0; i < _cells.Length; i++)
        {
            var start = Math.Min(value.Length, i * valueSize);
            var text = value[start..Math.Min(value.Length, start + valueSize)];
            Judge(ref _cells[i], i, RingText.Read(text, tag), ref misses, ref acquits);
        }
        _missingReads += misses ? 1 : 0;
        if (acquits)
        {
            _counts = _counts with { StaleReads = _counts.StaleReads + _missingReads - (misses ? 1 : 0) };
            _missingReads = misses ? 1 : 0;
        }
    }

    /// <summary>No read follows: what the last one missed is gone; where it could not be had, nobody knows.</summary>
    public void Close(bool wasRead)
    {
        foreach (ref var cell in _cells.AsSpan())
        {
            if (cell.IsSuspect)
            {
                Condemn(ref cell, cell.Found, cell.Acknowledged);
            }
            else if (!wasRead && cell.Acknowledged > 0 && !cell.IsCondemned)
            {
                _counts = _counts with { Unjudged = _counts.Unjudged + 1 };
            }
        }
    }

    private void Judge(ref RingCell cell, int index, long number, ref bool misses, ref bool acquits)
    {
        var found = (int)Math.Min(int.MaxValue, number / _cells.Length);
        var isOurs = number >= 0 && found <= cell.Sent;
        var isInPlace = number == 0 || CellOf(number) == index;
        if (isOurs && isInPlace && found >= cell.Expected)
        {
            acquits |= cell.IsSuspect;
            cell.Misses = 0;
            cell.Seen = found >= cell.Acknowledged && !_isInDoubt;
            return;
        }
        if (!cell.IsSuspect)
        {
            Explain(in cell, isOurs, isInPlace, found);
        }
        misses = true;
        cell.Misses++;
        cell.Found = isOurs && isInPlace ? found : Math.Max(0, cell.Expected - 1);
        if (cell.Acknowledged > cell.Expected)
        {
            Condemn(ref cell, cell.Found, cell.Expected); // written over since: no later read can tell
        }
    }

    private void Explain(in RingCell cell, bool isOurs, bool isInPlace, int found)
    {
        if (!isOurs)
        {
            _counts = _counts with { Foreign = _counts.Foreign + 1 };
        }
        else if (!isInPlace || (found > 0 && cell.WasRepeated(found)))
        {
            _counts = _counts with { Doubles = _counts.Doubles + 1 };
        }
    }

    private int FindCell()
    {
        for (var i = 0; i < _cells.Length; i++)
        {
            var at = (_next + i) % _cells.Length;
            if (_cells[at].IsFree)
            {
                _next = (at + 1) % _cells.Length;
                return at;
            }
        }
        return FindLostCell();
    }

    /// <summary>Where no other cell is left, one is used again whose write several reads in a row have missed.</summary>
    private int FindLostCell()
    {
        for (var i = 0; i < _cells.Length; i++)
        {
            ref var cell = ref _cells[i];
            if (!cell.InFlight && cell.Misses >= MissesThatCondemn)
            {
                Condemn(ref cell, cell.Found, cell.Acknowledged);
                return i;
            }
        }
        return -1;
    }

    private void Condemn(ref RingCell cell, int found, int last)
    {
        var (lost, confirmed) = cell.Condemn(found, last);
        _missingReads = 0;
        _counts = _counts with { Lost = _counts.Lost + lost, LostConfirmed = _counts.LostConfirmed + confirmed };
    }
}
