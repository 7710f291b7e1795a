using Slotwright.Core.Cluster;

namespace Slotwright.Core.Drills;

/// <summary>
/// Counts the writes of a shard that a primary acknowledged after another had been seen to be promoted in its place.
/// Only what is certain counts: a write that was sent when the promotion had been seen already, or that was answered
/// later than that after its client had given it up. What was on its way at that moment does not. Not thread-safe.
/// </summary>
/// <param name="first">The primary at the beginning.</param>
public sealed class OldPrimaries(NodeAddress first)
{
    private readonly HashSet<NodeAddress> _former = [];
    private NodeAddress _current = first;
    private TimeSpan _since;

    public long Acknowledged { get; private set; }

    /// <param name="seen">Time since the run began at which it had certainly been promoted.</param>
    public void Promoted(NodeAddress primary, TimeSpan seen)
    {
        if (primary == _current)
        {
            return;
        }
        _former.Add(_current);
        _former.Remove(primary);
        (_current, _since) = (primary, seen);
    }

    /// <param name="by">Who acknowledged it.</param>
    /// <param name="at">When it was sent; of a write that its client had given up, when it was answered.</param>
    public void Acknowledge(NodeAddress by, TimeSpan at)
    {
        if (at > _since && _former.Contains(by))
        {
            Acknowledged++;
        }
    }
}
