using System.Text.Json.Serialization;

namespace Slotwright.Core.Health;

/// <summary>How a check ended, from harmless to grave; Unknown is a check that applies but could not be made.</summary>
public enum Verdict
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    [JsonStringEnumMemberName("warning")]
    Warning,

    [JsonStringEnumMemberName("failed")]
    Failed,

    [JsonStringEnumMemberName("unknown")]
    Unknown,
}
