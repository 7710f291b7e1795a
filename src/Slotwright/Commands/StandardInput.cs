using Slotwright.Output;

namespace Slotwright.Commands;

/// <summary>What a command is fed by standard input.</summary>
internal static class StandardInput
{
    /// <summary>All of it, without the line break that ends it.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Terminal terminal, CancellationToken ct)
    {
        await using var input = terminal.OpenInput();
        using var all = new MemoryStream();
        await input.CopyToAsync(all, ct).WaitAsync(ct); // a terminal does not hear of the cancellation
        var bytes = all.ToArray().AsMemory();
        return bytes.Span.EndsWith("\r\n"u8) ? bytes[..^2]
            : bytes.Span.EndsWith("\n"u8) ? bytes[..^1]
            : bytes;
    }
}
