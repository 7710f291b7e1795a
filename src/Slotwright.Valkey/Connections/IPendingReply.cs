using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Connections;

/// <summary>Somebody who waits for the next reply, or the next few.</summary>
internal interface IPendingReply
{
    /// <returns>True where that was the last reply it waited for.</returns>
    bool Take(RespValue reply);

    /// <summary>Its caller goes on, on this thread: no lock is held, and it is not among those who wait any more.</summary>
    void Complete();

    void Fail(Breakage breakage);
}
