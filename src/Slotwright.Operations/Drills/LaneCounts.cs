using Slotwright.Core.Drills;

namespace Slotwright.Operations.Drills;

/// <summary>What the operations of a lane came to, until it is taken over by the run. Not thread-safe.</summary>
internal sealed class LaneCounts
{
    public long Attempted { get; set; }

    public long Acknowledged { get; set; }

    public long Confirmed { get; set; }

    public long Failed { get; set; }

    public long Reads { get; set; }

    public long FailedReads { get; set; }

    /// <summary>Why the failed writes and reads failed.</summary>
    public FailureCounts Failures { get; } = new();

    public LatencyHistogram Latency { get; } = new();

    public long Succeeded => Acknowledged + Reads - FailedReads;

    /// <summary>Adds the latencies to others and begins these anew.</summary>
    public void MoveLatencyTo(LatencyHistogram other)
    {
        other.Add(Latency);
        Latency.Clear();
    }

    /// <summary>Adds all to others and begins anew.</summary>
    public void MoveTo(LaneCounts other)
    {
        other.Attempted += Attempted;
        other.Acknowledged += Acknowledged;
        other.Confirmed += Confirmed;
        other.Failed += Failed;
        other.Reads += Reads;
        other.FailedReads += FailedReads;
        (Attempted, Acknowledged, Confirmed, Failed, Reads, FailedReads) = (0, 0, 0, 0, 0, 0);
        Failures.MoveTo(other.Failures);
        MoveLatencyTo(other.Latency);
    }
}
