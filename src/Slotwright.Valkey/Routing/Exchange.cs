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

    /// <summary>The deadline passed.</summary>
    public bool IsLate { get; init; }
}
