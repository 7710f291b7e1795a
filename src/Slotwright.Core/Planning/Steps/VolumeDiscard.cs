using System.Text.Json.Serialization;

namespace Slotwright.Core.Planning.Steps;

/// <summary>What becomes of a volume that a former member left.</summary>
public enum VolumeDiscard
{
    /// <summary>The volume stays, and is empty.</summary>
    [JsonStringEnumMemberName("reset")]
    Reset,

    [JsonStringEnumMemberName("delete")]
    Delete,
}
