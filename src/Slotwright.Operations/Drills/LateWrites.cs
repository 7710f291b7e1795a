using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Resp;
using Slotwright.Valkey.Routing;

namespace Slotwright.Operations.Drills;

/// <summary>
/// Brings what is learnt beside the operations of a run to its shards: promotions, and replies that came too late.
/// Thread-safe; passes over what comes before the run begins.
/// </summary>
internal sealed class LateWrites
{
    private volatile Run? _run;

    /// <summary>Timestamp at which operations began; 0 before.</summary>
    public long Began => _run?.Clock.Began ?? 0;

    public void Begin(RunClock clock, ImmutableArray<LoadShard> shards)
    {
        var bySlot = new LoadShard?[HashSlot.Count];
        foreach (var shard in shards)
        {
            foreach (var slot in shard.Slots)
            {
                bySlot[slot] = shard;
            }
        }
        _run = new Run(clock, bySlot);
    }

    public void Take(LateReply late)
    {
        if (late.Reply is RespValue.Integer && LoadCommands.IsWrite(late.Command) && _run is { } run)
        {
            run.BySlot[late.Slot]?.AcknowledgedLate(late.By, run.Clock.At(late.AnsweredAt));
        }
    }

    public void Promoted(int slot, NodeAddress primary, long timestamp)
    {
        if (_run is { } run)
        {
            run.BySlot[slot]?.Promoted(primary, run.Clock.At(timestamp));
        }
    }

    private sealed record Run(RunClock Clock, LoadShard?[] BySlot);
}
