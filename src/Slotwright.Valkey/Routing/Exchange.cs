using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Routing;

/// <summary>What came of bringing a command to one node.</summary>
/// <param name="Reply">Null where there was none.</param>
/// <param name="Failure">Why there was none.</param>
/// <param name="Connection">What it was sent on; null where it was not sent.</param>
internal readonly record struct Exchange(RespValue? Reply, RespValue? Then, string? Failure, object? Connection)
{
    public bool WasSent => Connection is not null;

    /// <summary>It was sent on a connection that holds, and not waited for any longer.</summary>
    public bool IsSilent { get; init; }

    /// <summary>When it was sent last; a timestamp of the client's clock.</summary>
    public long SentAt { get; init; }

    /// <summary>When Reply came; what followed it may have come later.</summary>
    public long AnsweredAt { get; init; }

    /// <summary>The deadline passed.</summary>
    public bool IsLate { get; init; }
}
