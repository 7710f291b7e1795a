namespace Slotwright.Operations.Agent.Failover;

/// <summary>
/// Holds up the next start of a member's server while its shard is being decided, so that it does not come back as a
/// primary in the middle of it.
/// </summary>
public interface IStartHold
{
    /// <summary>From now on, for so long; again before that is over to go on.</summary>
    /// <returns>False where a start has begun before, or something of the server is left: it may not be held up.</returns>
    /// <exception cref="IOException">It can't be written.</exception>
    bool Take(TimeSpan length);

    /// <summary>A start may go on. Nothing to do where none is held up.</summary>
    void Release();
}
