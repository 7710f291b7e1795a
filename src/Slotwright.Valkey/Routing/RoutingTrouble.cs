namespace Slotwright.Valkey.Routing;

/// <summary>Codes of failures to bring a command to its slot's owner, where that is not the code of an error reply.</summary>
public static class RoutingTrouble
{
    public const string NoAnswer = "no-answer";

    public const string NoConnection = "no-connection";
}
