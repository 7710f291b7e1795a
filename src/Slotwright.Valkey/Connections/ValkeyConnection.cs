using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Connections;

/// <summary>
/// One connection to one server. Commands of several callers share it in the order in which they were sent
/// (pipelining); a caller that stops waiting does not disturb the others.
/// </summary>
public sealed class ValkeyConnection : IAsyncDisposable
{
    /// <summary>Authenticates, where credentials are given.</summary>
    /// <param name="label">What the node is called in errors.</param>
    /// <exception cref="Slotwright.Core.Failures.OperationFailedException">It can't be read or the password is refused.</exception>
    public static Task<ValkeyConnection> OpenAsync(
        Stream stream,
        Credentials? credentials,
        string label,
        CancellationToken ct
    ) => throw new NotSupportedException();

    /// <summary>The reply to one command. An error reply is a value; only a broken connection throws.</summary>
    /// <exception cref="Slotwright.Core.Failures.OperationFailedException">The connection ended before the reply.</exception>
    public Task<RespValue> SendAsync(RespCommand command, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
