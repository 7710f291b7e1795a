using System.Text.Json.Serialization;

namespace Slotwright.Core.Loads;

/// <summary>What shards are to share.</summary>
public enum LoadMeasure
{
    /// <summary>How many, whatever is in them.</summary>
    [JsonStringEnumMemberName("slots")]
    Slots,

    [JsonStringEnumMemberName("keys")]
    Keys,

    /// <summary>Bytes, estimated.</summary>
    [JsonStringEnumMemberName("memory")]
    Memory,

    /// <summary>Microseconds of each second.</summary>
    [JsonStringEnumMemberName("cpu")]
    Cpu,

    /// <summary>Bytes a second, in and out.</summary>
    [JsonStringEnumMemberName("network")]
    Network,
}
