using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Drills;
using Slotwright.Core.Slots;

namespace Slotwright.Operations.Drills;

/// <summary>One shard as it was when a run began: its gaps, what became of operations over time. Thread-safe.</summary>
/// <param name="primary">Where its primary was at the beginning.</param>
/// <param name="all">Takes what became of operations too.</param>
internal sealed class LoadShard(SlotSet slots, string name, NodeAddress primary, RunTimeline all)
{
    private readonly Lock _gate = new();
    private readonly GapTracker _gaps = new();
    private readonly Timeline _timeline = new(latencies: false);
    private readonly OldPrimaries _oldPrimaries = new(primary);

    public SlotSet Slots { get; } = slots;

    public string Name { get; } = name;

    public TimelineSamples Timeline
    {
        get
        {
            lock (_gate)
            {
                return _timeline.ToSamples();
            }
        }
    }

    public long ByOldPrimary
    {
        get
        {
            lock (_gate)
            {
                return _oldPrimaries.Acknowledged;
            }
        }
    }

    /// <summary>A write was acknowledged.</summary>
    public void Acknowledged(NodeAddress by, TimeSpan sent, TimeSpan at)
    {
        lock (_gate)
        {
            _gaps.Acknowledged(at);
            _oldPrimaries.Acknowledge(by, sent);
        }
    }

    /// <summary>A write was acknowledged that its client had given up.</summary>
    public void AcknowledgedLate(NodeAddress by, TimeSpan at)
    {
        lock (_gate)
        {
            _oldPrimaries.Acknowledge(by, at);
        }
    }

    /// <param name="seen">When it had certainly happened.</param>
    public void Promoted(NodeAddress by, TimeSpan seen)
    {
        lock (_gate)
        {
            _oldPrimaries.Promoted(by, seen);
        }
    }

    /// <param name="latency">Null where the operation failed.</param>
    public void Ended(TimeSpan due, TimeSpan? latency)
    {
        all.Ended(due, latency);
        lock (_gate)
        {
            if (latency is { } time)
            {
                _timeline.Succeeded(due, time);
            }
            else
            {
                _timeline.Failed(due);
            }
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

    public ImmutableArray<Gap> NoticeableGaps(TimeSpan until)
    {
        lock (_gate)
        {
            return _gaps.NoticeableUntil(until);
        }
    }
}
