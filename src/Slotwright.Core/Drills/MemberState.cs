using System.Text.Json.Serialization;

namespace Slotwright.Core.Drills;

/// <summary>What a member says of itself, when it is asked many times a second.</summary>
public enum MemberState
{
    /// <summary>It was not asked yet.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,

    [JsonStringEnumMemberName("primary")]
    Primary,

    /// <summary>A primary that takes no writes: it sees the cluster as failed, or has just been started.</summary>
    [JsonStringEnumMemberName("halted")]
    Halted,

    [JsonStringEnumMemberName("replica")]
    Replica,

    /// <summary>It takes connections and does not answer, or not the question.</summary>
    [JsonStringEnumMemberName("silent")]
    Silent,

    /// <summary>Nobody takes connections there.</summary>
    [JsonStringEnumMemberName("down")]
    Down,
}
