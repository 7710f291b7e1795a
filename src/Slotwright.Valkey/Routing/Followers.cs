using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Routing;

/// <summary>
/// Commands such as WAIT, which speak of everything sent before on their connection: one is under way at a time, and
/// all who ask meanwhile share the next, as databases group their commits. Thread-safe.
/// </summary>
internal sealed class Followers
{
    private readonly Lock _gate = new();
    private ValkeyConnection? _connection;
    private Task<RespValue> _current = Task.FromResult<RespValue>(RespValue.Null.Instance);
    private Task<RespValue>? _next;

    /// <summary>The reply to a command that is sent from now on. It must be the same for all.</summary>
    public Task<RespValue> SendAsync(ValkeyConnection connection, RespCommand command)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(connection, _connection) || _current.IsCompleted)
            {
                (_connection, _next) = (connection, null);
                _current = connection.SendAsync(command, default);
                return _current;
            }
            return _next ??= SendNextAsync(_current, connection, command);
        }
    }

    private async Task<RespValue> SendNextAsync(Task former, ValkeyConnection connection, RespCommand command)
    {
        await former.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task<RespValue> reply;
        lock (_gate)
        {
            reply = connection.SendAsync(command, default);
            if (ReferenceEquals(connection, _connection))
            {
                (_current, _next) = (reply, null);
            }
        }
        return await reply;
    }
}
