using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Routing;

/// <summary>What came of bringing a command to one node.</summary>
/// <param name="Reply">Null where there was none.</param>
/// <param name="Failure">Why there was none.</param>
/// <param name="WasSent">The node may have carried it out.</param>
internal readonly record struct Exchange(RespValue? Reply, RespValue? Then, string? Failure, bool WasSent)
{
    /// <summary>The deadline passed.</summary>
    public bool IsLate { get; init; }
}
