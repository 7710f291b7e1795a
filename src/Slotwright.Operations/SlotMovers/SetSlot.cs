using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// CLUSTER SETSLOT for several slots at once. From 8.0 on a server answers it only once its replicas have it, and what others
/// send over the same connection waits behind it.
/// </summary>
internal static class SetSlot
{
    /// <summary>A replica that lags, or a role that is new, has a moment.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="state">IMPORTING, MIGRATING, NODE or STABLE.</param>
    /// <param name="id">The other end, or the owner; null with STABLE.</param>
    /// <param name="unless">What the server says where nothing is to be done.</param>
    /// <exception cref="OperationFailedException">The server refuses one of them.</exception>
    public static async Task<bool> RunAsync(
        ValkeyConnection node,
        IReadOnlyCollection<int> slots,
        string state,
        NodeId? id,
        string? unless,
        TimeProvider time,
        CancellationToken ct
    )
    {
        int[] left = [.. slots];
        var refusal = "";
        await Wait.UntilAsync(
            async inner =>
            {
                var replies = await node.SendAllAsync([.. left.Select(Command)], inner);
                var refused = left.Zip(replies)
                    .Where(r => r.Second is RespValue.Error error && !Means(error.Text, unless))
                    .ToArray();
                refusal = refused.Length > 0 ? ((RespValue.Error)refused[0].Second).Text : "";
                left = [.. refused.Select(r => r.First)];
                return left.Length == 0 || !PassingRefusal.Is(refusal);
            },
            Patience,
            time,
            ct
        );
        return left.Length == 0
            ? true
            : throw new OperationFailedException(
                $"slot {left[0]} {state}: the server refused: {Printable.Plain(refusal)}",
                member: node.Label,
                command: "CLUSTER SETSLOT"
            );

        RespCommand Command(int slot) =>
            RespCommand.Of([
                "CLUSTER",
                "SETSLOT",
                slot.ToString(CultureInfo.InvariantCulture),
                state,
                .. id is { } other ? new[] { other.Value } : [],
            ]);
    }

    private static bool Means(string text, string? meaning) =>
        meaning is not null && text.Contains(meaning, StringComparison.Ordinal);
}
