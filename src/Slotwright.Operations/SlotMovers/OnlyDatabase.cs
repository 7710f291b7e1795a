using System.Globalization;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// From 9.0 on a cluster may have several databases (cluster-databases), and what servers say of the keys in a slot is of one
/// of them: whoever closes a slot after a look at database 0 could lose those of the others.
/// </summary>
internal static class OnlyDatabase
{
    private const string Setting = "cluster-databases";

    /// <param name="next">What else can be done, for people.</param>
    /// <exception cref="OperationFailedException">It has several.</exception>
    public static async Task<bool> DemandAsync(ValkeyConnection node, string next, CancellationToken ct)
    {
        var said = await node.ConfigGetAsync(Setting, ct);
        return int.TryParse(said, CultureInfo.InvariantCulture, out var count) && count > 1
            ? throw new OperationFailedException(
                $"it has {count} databases, and of the keys in a slot only those of database 0 are seen from outside",
                member: node.Label,
                command: $"CONFIG GET {Setting}",
                next: next
            )
            : true;
    }
}
