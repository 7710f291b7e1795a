using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Drills;

/// <summary>
/// Which writes are followed by WAIT: all, until one falls short; then one every quarter of a second, until one is
/// confirmed again. WAIT holds up its connection, and where replicas are gone it would do so for nothing. A write with
/// WAIT is done when WAIT has answered; the others count as acknowledged and not confirmed. Not
/// thread-safe.
/// </summary>
/// <param name="replicas">0 for no WAIT at all.</param>
internal sealed class WaitTurns(int replicas)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private bool _isShort;
    private TimeSpan _next;

    public bool Take(TimeSpan now)
    {
        if (replicas == 0 || (_isShort && now < _next))
        {
            return false;
        }
        _next = now + Pause;
        return true;
    }

    /// <param name="reply">What WAIT answered; null where nothing came.</param>
    /// <returns>True where the write is confirmed.</returns>
    public bool Told(TimeSpan now, RespValue? reply)
    {
        var isConfirmed = reply is RespValue.Integer confirmed && confirmed.Value >= replicas;
        _isShort = !isConfirmed;
        _next = now + Pause;
        return isConfirmed;
    }
}
