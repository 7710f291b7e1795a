namespace Slotwright.Operations.Agent.Failover;

/// <summary>Where agents post what they say and ask.</summary>
internal static class FailoverPaths
{
    /// <summary>My server is dead.</summary>
    public const string Notice = "/failover/notice";

    /// <summary>How is your server?</summary>
    public const string Condition = "/failover/condition";

    /// <summary>My server takes no writes when I have not reached a majority for a second; I have reached one just now.</summary>
    public const string Promise = "/failover/promise";

    /// <summary>When have you last heard that one's promise, and reached it?</summary>
    public const string Sight = "/failover/sight";
}
