using Slotwright.Core.Failures;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Connections;

/// <summary>What a server says where it wants another password, in words that help.</summary>
internal static class Refusal
{
    /// <summary>Null where the reply has nothing to do with passwords.</summary>
    public static OperationFailedException? OfCommand(RespValue reply, string label, string command) =>
        reply is RespValue.Error { Code: "NOAUTH" } error
            ? new(
                $"the server wants a password, and none was given ({Printable.Plain(error.Text)})",
                member: label,
                command: command,
                next: "give the password of the cluster: --password-file FILE or SLOTWRIGHT_PASSWORD"
            )
            {
                Kind = FailureKind.PasswordWanted,
            }
            : null;

    /// <summary>An error as the reply to one of our own questions, which any node of a cluster can answer.</summary>
    public static OperationFailedException OfQuestion(RespValue.Error error, string label, string command)
    {
        var words = Printable.Plain(error.Text);
        return error.Code switch
        {
            "BUSY" => Failed(
                $"it is busy with a script or a function, and answers nothing else ({words})",
                $"wait, or end it unless it has written: slotwright exec --on {label} -- SCRIPT KILL (or FUNCTION KILL)",
                FailureKind.ServerBusy
            ),
            "LOADING" => Failed($"the server refused: {words}", null, FailureKind.ServerLoading),
            "NOPERM" => Failed(
                $"the server refused: {words}",
                "give the user that right in the server's ACL",
                FailureKind.Other
            ),
            "ERR" when words.Contains("cluster support disabled", StringComparison.Ordinal) => Failed(
                "the server is not in cluster mode",
                "name a node of a cluster: one that was started with cluster-enabled yes",
                FailureKind.Other
            ),
            _ => Failed($"the server refused: {words}", null, FailureKind.Other),
        };

        OperationFailedException Failed(string what, string? next, FailureKind kind) =>
            new(what, label, command, next: next) { Kind = kind, Code = error.Code };
    }

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
                "check the password, and that the user exists and is on in the server's ACL",
                FailureKind.PasswordRefused
            ),
            "ERR" when words.Contains("without any password", StringComparison.Ordinal) => Failed(
                "the server has no password, but one was given",
                "leave the password away, or set requirepass on the server"
            ),
            _ => Failed($"the server refused to authenticate: {words}", null),
        };

        OperationFailedException Failed(string what, string? next, FailureKind kind = FailureKind.Other) =>
            new(what, label, "AUTH", next: next) { Kind = kind };
    }
}
