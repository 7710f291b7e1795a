using Slotwright.Core.Failures;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.SlotMovers;

/// <summary>Function libraries: each primary has them all, and no slot brings them along.</summary>
internal static class SlotFunctions
{
    private static readonly RespCommand Dump = RespCommand.Of("FUNCTION", "DUMP");

    /// <summary>A taker that owns no slots yet gets the libraries of the giver; one that owns some has its own.</summary>
    /// <exception cref="OperationFailedException">One of the servers refuses.</exception>
    public static async Task CopyAsync(MoveEnds ends, CancellationToken ct)
    {
        var rows = await ends.AskTargetAsync(static (node, inner) => node.PeersAsync(inner), ct);
        if (rows.Any(r => r.Id == ends.Step.Node && !r.Slots.IsEmpty))
        {
            return;
        }
        var wanted = await ends.AskSourceAsync(DumpAsync, ct);
        var there = await ends.AskTargetAsync(DumpAsync, ct);
        if (!wanted.Span.SequenceEqual(there.Span))
        {
            await ends.AskTargetAsync(
                (node, inner) =>
                    node.AskAsync(
                        RespCommand.OfBytes("FUNCTION"u8.ToArray(), "RESTORE"u8.ToArray(), wanted, "FLUSH"u8.ToArray()),
                        inner
                    ),
                ct
            );
        }
    }

    private static async Task<ReadOnlyMemory<byte>> DumpAsync(ValkeyConnection node, CancellationToken ct) =>
        await node.AskAsync(Dump, ct) is RespValue.Bulk dump
            ? dump.Bytes
            : throw new OperationFailedException("it does not say its functions", node.Label, Dump.Title);
}
