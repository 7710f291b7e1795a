namespace Slotwright.Valkey.Resp;

/// <summary>Bytes that are not RESP: what was expected, what was there, and where.</summary>
public sealed class RespFormatException(string problem, long position)
    : FormatException($"{problem}, at byte {position} of the connection")
{
    public string Problem { get; } = problem;

    /// <summary>Bytes that came before the offending ones, since the reader began.</summary>
    public long Position { get; } = position;
}
