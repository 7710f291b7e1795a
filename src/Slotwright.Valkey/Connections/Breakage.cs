using System.Net.Sockets;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Connections;

/// <summary>Why a connection is of no use any more.</summary>
internal sealed record Breakage(string What, string? Next, Exception? Cause)
{
    public static Breakage Closed { get; } = new("the connection was closed here", null, null);

    public static Breakage ByServer { get; } =
        new("the server closed the connection", "look into the server's log; it may have been restarted", null);

    public static Breakage Of(Exception cause) =>
        cause switch
        {
            RespFormatException => new(
                $"what answers does not speak Valkey's protocol: {cause.Message}",
                "check that the address is a Valkey client port (not its bus port), and whether it expects TLS",
                cause
            ),
            _ => new(
                $"the connection broke: {(cause.InnerException as SocketException)?.Message ?? cause.Message}",
                "check that the server runs and can be reached, and that this is its client port (not its bus port)",
                cause
            ),
        };

    public static Breakage Unasked(RespValue reply) =>
        reply is RespValue.Error error
            ? new($"the server refuses the connection: {Printable.Plain(error.Text)}", null, null)
            : new("the server sent a reply that nobody had asked for", "don't send MONITOR or SUBSCRIBE here", null);

    public OperationFailedException ToException(string label, string command) =>
        new(What, member: label, command: command, next: Next, cause: Cause);
}
