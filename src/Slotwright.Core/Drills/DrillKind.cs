using System.Text.Json.Serialization;

namespace Slotwright.Core.Drills;

/// <summary>What is rehearsed.</summary>
public enum DrillKind
{
    /// <summary>A primary's process ends as by a crash.</summary>
    [JsonStringEnumMemberName("kill-primary")]
    KillPrimary,

    [JsonStringEnumMemberName("kill-replica")]
    KillReplica,

    /// <summary>A primary hangs, and goes on when another has taken over.</summary>
    [JsonStringEnumMemberName("pause-primary")]
    PausePrimary,

    /// <summary>Every member is restarted, in waves; primaries hand over first.</summary>
    [JsonStringEnumMemberName("rolling-restart")]
    RollingRestart,

    /// <summary>Members are brought to another version of Valkey, in waves.</summary>
    [JsonStringEnumMemberName("upgrade")]
    Upgrade,

    /// <summary>All members end and come back at once, under new addresses where they have addresses of their own.</summary>
    [JsonStringEnumMemberName("whole-restart")]
    WholeRestart,

    /// <summary>All members of a zone end at once.</summary>
    [JsonStringEnumMemberName("zone-outage")]
    ZoneOutage,

    /// <summary>A primary is cut off from the other members, while clients still reach it.</summary>
    [JsonStringEnumMemberName("partition")]
    Partition,
}
