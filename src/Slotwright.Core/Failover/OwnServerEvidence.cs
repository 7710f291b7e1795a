namespace Slotwright.Core.Failover;

/// <summary>What an agent knows of its own server at this moment.</summary>
/// <param name="WasConnected">It has had a connection to it that answered.</param>
/// <param name="IsClosed">That connection was closed.</param>
/// <param name="Answers">The server has answered the last question in time.</param>
/// <param name="Client">Its client port.</param>
/// <param name="Bus">Its bus port.</param>
/// <param name="IsStartHeld">A start that begins now waits until it is let go.</param>
/// <param name="IsStarting">A start had begun before it could be held up, or a process of the server is left.</param>
public readonly record struct OwnServerEvidence(
    bool WasConnected,
    bool IsClosed,
    bool Answers,
    PortAnswer Client,
    PortAnswer Bus,
    bool IsStartHeld,
    bool IsStarting
);
