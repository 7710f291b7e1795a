using Slotwright.Core.Drills;
using Slotwright.Core.Slots;

namespace Slotwright.Operations.Drills;

/// <summary>One shard as it was when a run began, and its gaps. Thread-safe.</summary>
internal sealed class LoadShard(SlotSet slots, string name)
{
    private readonly Lock _gate = new();
    private readonly GapTracker _gaps = new();

    public SlotSet Slots { get; } = slots;

    public string Name { get; } = name;

    public void Acknowledged(TimeSpan at)
    {
        lock (_gate)
        {
            _gaps.Acknowledged(at);
        }
    }

    public TimeSpan CurrentGap(TimeSpan now)
    {
        lock (_gate)
        {
            return _gaps.CurrentAt(now);
        }
    }

    public Gap LongestGap(TimeSpan until)
    {
        lock (_gate)
        {
            return _gaps.LongestUntil(until);
        }
    }
}
