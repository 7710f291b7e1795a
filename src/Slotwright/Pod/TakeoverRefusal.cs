using Slotwright.Core.Failures;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Pod;

/// <summary>
/// A member on its way out takes over from nobody. Were it elected in its last moment, its peers would hear of that only
/// when it is back: until then its former primary goes on, and what that one acknowledges is lost. The server itself
/// refuses CLUSTER FAILOVER to the user that members talk as; with the process it is forgotten.
/// </summary>
internal static class TakeoverRefusal
{
    /// <summary>The first word of the reply of who refuses.</summary>
    public const string Code = "NOPERM";

    /// <returns>Whether it refuses; not where ACL is renamed, or not allowed.</returns>
    public static Task<bool> BeginAsync(ValkeyConnection own, CancellationToken ct) => SetAsync(own, '-', ct);

    public static Task EndAsync(ValkeyConnection own, CancellationToken ct) => SetAsync(own, '+', ct);

    private static async Task<bool> SetAsync(ValkeyConnection own, char sign, CancellationToken ct)
    {
        try
        {
            await own.AskAsync(RespCommand.Of("ACL", "SETUSER", "default", $"{sign}cluster|failover"), ct);
            return true;
        }
        catch (OperationFailedException) when (!own.IsBroken)
        {
            return false;
        }
    }
}
