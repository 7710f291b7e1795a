namespace Slotwright.Valkey.Resp;

/// <summary>What a reader accepts, so that rubbish ends in an error and not in a full memory.</summary>
/// <param name="MaxDepth">Arrays, maps and sets within each other.</param>
/// <param name="MaxLineBytes">Length of a line: simple texts, errors, numbers.</param>
/// <param name="MaxBulkBytes">Length of a bulk; the server's own bound is proto-max-bulk-len, 512 MiB by default.</param>
/// <param name="MaxItems">Announced items of one array, map or set.</param>
public sealed record RespLimits(int MaxDepth, int MaxLineBytes, int MaxBulkBytes, int MaxItems)
{
    public static RespLimits Default { get; } = new(64, 1 << 20, 1 << 30, 1 << 28);
}
