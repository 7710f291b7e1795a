using System.Text.Json.Serialization;
using Slotwright.Core.Json;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>What is known of one node of a shard that is in trouble.</summary>
/// <param name="Role"><c>primary</c> or <c>replica</c>.</param>
/// <param name="Epoch">Its configuration epoch, as the others know it where it does not answer.</param>
/// <param name="State">For people: that it answers, or why not.</param>
public sealed record RecoverySight(string Member, string Role, bool Answers, string State, long Epoch)
{
    /// <summary>Bytes of its stream; null where it can't be known, also where it has read an append-only file since.</summary>
    public long? Offset { get; init; }

    /// <summary>Null where it can't be known.</summary>
    public long? Keys { get; init; }

    /// <summary>Since when a replica has heard nothing of its primary; null where that is not so, or not known.</summary>
    [JsonPropertyName("cutOffSeconds"), JsonConverter(typeof(SecondsConverter))]
    public TimeSpan? CutOff { get; init; }

    /// <summary>What lies on its disk, for people; null where nobody here can look.</summary>
    public string? Disk { get; init; }
}
