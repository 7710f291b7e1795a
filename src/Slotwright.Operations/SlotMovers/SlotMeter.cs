using Slotwright.Core.Slots;

namespace Slotwright.Operations.SlotMovers;

/// <summary>Counts what has been moved. Many move at the same time, and somebody looks.</summary>
public sealed class SlotMeter
{
    private readonly Lock _gate = new();
    private readonly SlotPhase[] _phases = new SlotPhase[HashSlot.Count];
    private int _wanted;
    private int _moved;
    private long _keys;
    private long _bytes;

    public void Want(SlotSet slots) => Set(slots, SlotPhase.Wanted);

    public void Begin(SlotSet slots) => Set(slots, SlotPhase.Moving);

    public void End(SlotSet slots) => Set(slots, SlotPhase.Moved);

    /// <summary>Keys that have arrived, and about how many bytes they were.</summary>
    public void Carried(long keys, long bytes)
    {
        lock (_gate)
        {
            _keys += keys;
            _bytes += bytes;
        }
    }

    public SlotCount Read()
    {
        lock (_gate)
        {
            return new SlotCount(_wanted, _moved, _keys, _bytes, [.. _phases]);
        }
    }

    private void Set(SlotSet slots, SlotPhase phase)
    {
        lock (_gate)
        {
            foreach (var slot in slots)
            {
                if (_phases[slot] == SlotPhase.Still)
                {
                    _wanted++;
                }
                if (_phases[slot] != SlotPhase.Moved && phase == SlotPhase.Moved)
                {
                    _moved++;
                }
                _phases[slot] = phase;
            }
        }
    }
}
