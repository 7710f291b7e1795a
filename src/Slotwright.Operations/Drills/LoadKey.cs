using System.Text;
using Slotwright.Core.Drills;
using Slotwright.Core.Slots;

namespace Slotwright.Operations.Drills;

/// <summary>One key of a run, and the ring that its value is.</summary>
internal sealed class LoadKey
{
    private LoadKey(byte[] name, ushort tag)
    {
        Name = name;
        Slot = HashSlot.Of(name);
        Ring = new WriteRing(LoadKeys.Cells, tag);
    }

    public ReadOnlyMemory<byte> Name { get; }

    public int Slot { get; }

    public WriteRing Ring { get; }

    /// <summary>The connection that it was last used by; another may lead to older data.</summary>
    public object? Connection { get; set; }

    /// <param name="run">Tells the keys of this run from those of another.</param>
    public static LoadKey Create(string run, int slot, int index) =>
        new(Encoding.ASCII.GetBytes($"{LoadKeys.Prefix}{{{SlotTags.Of(slot)}}}:{run}:{index}"), (ushort)index);
}
