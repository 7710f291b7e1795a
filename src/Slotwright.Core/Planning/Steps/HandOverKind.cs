using System.Text.Json.Serialization;

namespace Slotwright.Core.Planning.Steps;

/// <summary>How a replica takes over its shard.</summary>
public enum HandOverKind
{
    /// <summary>The primary stops writes until the replica has all of them: none is lost, none fails.</summary>
    [JsonStringEnumMemberName("planned")]
    Planned,

    /// <summary>The primary is gone: the other primaries vote. Lost is what the replica had not received.</summary>
    [JsonStringEnumMemberName("force")]
    Force,

    /// <summary>The primary is gone, and so is the majority that could vote: the replica takes the slots by itself.</summary>
    [JsonStringEnumMemberName("takeover")]
    Takeover,
}
