namespace Slotwright.Core.Failover;

/// <summary>What comes of knocking at a port.</summary>
public enum PortAnswer
{
    /// <summary>Nothing came back in time.</summary>
    Silent,

    /// <summary>The machine says that nobody listens there.</summary>
    Refused,

    /// <summary>Somebody listens; a stopped process does too.</summary>
    Accepted,
}
