using System.Text;
using Slotwright.Core.Drills;
using Slotwright.Core.Slots;

namespace Slotwright.Operations.Drills;

/// <summary>One key of a run, and the ring that its value is.</summary>
internal sealed class LoadKey
{
    private static readonly object None = new();

    private object? _connection;

    private LoadKey(byte[] name, ushort tag, int turn)
    {
        Name = name;
        Slot = HashSlot.Of(name);
        Ring = new WriteRing(LoadKeys.Cells, tag, turn);
    }

    public ReadOnlyMemory<byte> Name { get; }

    public int Slot { get; }

    public WriteRing Ring { get; }

    /// <summary>Another connection than the last time may lead to older data: the key is read before it is written.</summary>
    /// <param name="connection">Null where none is open.</param>
    public void UseBy(object? connection)
    {
        connection ??= None;
        if (_connection is not null && !ReferenceEquals(_connection, connection))
        {
            Ring.Doubt();
        }
        _connection = connection;
    }

    /// <param name="run">Tells the keys of this run from those of another.</param>
    /// <param name="turn">By how many writes its first read comes sooner: keys that differ in it are not read in waves.</param>
    public static LoadKey Create(string run, int slot, int index, int turn) =>
        new(Encoding.ASCII.GetBytes($"{LoadKeys.Prefix}{{{SlotTags.Of(slot)}}}:{run}:{index}"), (ushort)index, turn);
}
