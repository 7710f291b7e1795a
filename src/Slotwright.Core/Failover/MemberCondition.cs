namespace Slotwright.Core.Failover;

/// <summary>How a member's server is, as its own agent finds it.</summary>
public enum MemberCondition
{
    /// <summary>Nothing is known: its agent does not answer, or has not seen its server since it began.</summary>
    Unknown,

    /// <summary>It is there.</summary>
    Running,

    /// <summary>A start is under way, and may have passed what holds starts up.</summary>
    Starting,

    /// <summary>Its connection was closed, and nobody listens on its ports: there is no process. Its next start is held up.</summary>
    Dead,

    /// <summary>Its agent does not answer, and had promised that its server takes no writes when it is cut off.</summary>
    Unreachable,

    /// <summary>A process is there, and gives no answer.</summary>
    Hung,
}
