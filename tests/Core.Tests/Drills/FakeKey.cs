using Slotwright.Core.Drills;

namespace Slotwright.Core.Tests.Drills;

/// <summary>A ring with the value that a server would hold for it, and crimes that can be done to that.</summary>
internal sealed class FakeKey
{
    public const int Cells = 8;
    private const int Size = 20;
    private const ushort Tag = 0xbeef;

    private byte[] _value = [];

    public WriteRing Ring { get; } = new(Cells, Tag);

    public RingCounts Counts => Ring.Counts;

    /// <summary>Does what the ring asks for, that many times, as a healthy server.</summary>
    public FakeKey Run(int actions, bool confirmed = false)
    {
        for (var i = 0; i < actions; i++)
        {
            switch (Ring.Next(out var number))
            {
                case RingAction.Write:
                    Apply(number);
                    Ring.Acknowledged(number, confirmed, repeated: false);
                    break;
                case RingAction.Read:
                    Ring.ReadShowed(_value, Size);
                    break;
                default:
                    Assert.Fail("a ring with nothing under way always has something to do");
                    break;
            }
        }
        return this;
    }

    /// <summary>Takes writes until one is given, answering reads on the way.</summary>
    public long TakeWrite()
    {
        while (true)
        {
            switch (Ring.Next(out var number))
            {
                case RingAction.Write:
                    return number;
                case RingAction.Read:
                    Ring.ReadShowed(_value, Size);
                    break;
                default:
                    Assert.Fail("no write to be had");
                    break;
            }
        }
    }

    public long Write(bool confirmed = false, bool repeated = false)
    {
        var number = TakeWrite();
        Apply(number);
        Ring.Acknowledged(number, confirmed, repeated);
        return number;
    }

    public void Apply(long number, int? cell = null, ushort tag = Tag)
    {
        var at = (cell ?? Ring.CellOf(number)) * Size;
        if (_value.Length < at + Size)
        {
            Array.Resize(ref _value, at + Size);
        }
        RingText.Write(_value.AsSpan(at, Size), tag, number);
    }

    public void Read()
    {
        Assert.Equal(RingAction.Read, Ring.BeginRead());
        Ring.ReadShowed(_value, Size);
    }

    public RingCounts End()
    {
        Read();
        Ring.Close(wasRead: true);
        return Counts;
    }

    public byte[] Save() => [.. _value];

    public void SetBack(byte[] older) => _value = [.. older];
}
