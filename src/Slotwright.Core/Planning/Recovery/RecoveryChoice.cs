using System.Text.Json.Serialization;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>One way out, with what it costs.</summary>
/// <param name="What">What is done, for people.</param>
/// <param name="Loses">What is lost, or may be; null for nothing.</param>
public sealed record RecoveryChoice(RecoveryWay Way, string What, string? Loses)
{
    /// <summary>What a person types; null where there is nothing to type.</summary>
    public string? Command { get; init; }

    /// <summary>Who would do it: the replica that takes over, the member that starts or takes the slots; null for nobody in particular.</summary>
    public string? Member { get; init; }

    /// <summary>recover takes it itself.</summary>
    [JsonIgnore]
    public bool IsTaken => RecoveryWays.Taken.Contains(Way);
}
