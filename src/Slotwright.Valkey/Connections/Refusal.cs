using System.Security.Authentication;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Connections;

/// <summary>What a server says where it wants another password, in words that help.</summary>
internal static class Refusal
{
    /// <summary>
    /// Null where the reply has nothing to do with passwords. Its cause is an <see cref="AuthenticationException"/>, by
    /// which <see cref="ValkeyConnection.WantsPassword"/> knows it.
    /// </summary>
    public static OperationFailedException? OfCommand(RespValue reply, string label, string command) =>
        reply is RespValue.Error { Code: "NOAUTH" } error
            ? new(
                $"the server wants a password, and none was given ({Printable.Plain(error.Text)})",
                member: label,
                command: command,
                next: "give the password of the cluster: --password-file FILE or SLOTWRIGHT_PASSWORD",
                cause: new AuthenticationException(error.Code)
            )
            : null;

    /// <summary>The reply to AUTH, where it is not OK.</summary>
    public static OperationFailedException? OfAuth(RespValue reply, string label, string? user)
    {
        if (reply is not RespValue.Error error)
        {
            return null;
        }
        var words = Printable.Plain(error.Text);
        return error.Code switch
        {
            "WRONGPASS" => Failed(
                $"the password of user '{user ?? "default"}' was refused ({words})",
                "check the password, and that the user exists and is on in the server's ACL"
            ),
            "ERR" when words.Contains("without any password", StringComparison.Ordinal) => Failed(
                "the server has no password, but one was given",
                "leave the password away, or set requirepass on the server"
            ),
            _ => Failed($"the server refused to authenticate: {words}", null),
        };

        OperationFailedException Failed(string what, string? next) => new(what, label, "AUTH", next: next);
    }
}
