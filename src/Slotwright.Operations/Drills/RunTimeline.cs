using Slotwright.Core.Drills;

namespace Slotwright.Operations.Drills;

/// <summary>What became of the operations of all shards over time. Thread-safe.</summary>
internal sealed class RunTimeline
{
    private readonly Lock _gate = new();
    private readonly Timeline _timeline = new(latencies: true);

    public TimelineSamples Samples
    {
        get
        {
            lock (_gate)
            {
                return _timeline.ToSamples();
            }
        }
    }

    /// <param name="latency">Null where the operation failed.</param>
    public void Ended(TimeSpan due, TimeSpan? latency)
    {
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
}
