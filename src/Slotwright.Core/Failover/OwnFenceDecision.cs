namespace Slotwright.Core.Failover;

/// <summary>What an agent does about its own server, where agents replace primaries that are cut off.</summary>
public enum OwnFenceDecision
{
    Nothing,

    /// <summary>It takes no writes from now on: CLIENT PAUSE, for a while.</summary>
    Fence,

    /// <summary>The same for a while longer.</summary>
    Renew,

    /// <summary>It may take writes again: CLIENT UNPAUSE.</summary>
    Unfence,
}
