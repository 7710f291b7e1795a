namespace Slotwright.Core.Cluster;

/// <summary>What a host says of a member's process, whatever the node in it says.</summary>
public enum MemberPhase
{
    Starting,
    Running,
    Paused,
    Stopped,
}
