using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Connections;

/// <summary>What a client authenticates with. Never printed: ToString hides the password.</summary>
/// <param name="User">ACL user; null for the default user.</param>
public sealed record Credentials(string? User, string Password)
{
    public override string ToString() => $"{User ?? "default"}:***";

    internal RespCommand ToCommand() =>
        User is null ? RespCommand.Of("AUTH", Password) : RespCommand.Of("AUTH", User, Password);
}
