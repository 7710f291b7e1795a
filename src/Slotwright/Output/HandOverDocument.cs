using System.Text.Json.Serialization;
using Slotwright.Core.Planning.Steps;
using Slotwright.Operations.Running;

namespace Slotwright.Output;

/// <summary>A hand-over that has come about.</summary>
internal sealed record HandOverDocument(
    string Member,
    string From,
    HandOverKind Kind,
    [property: JsonPropertyName("tookMs")] double Took
)
{
    public static HandOverDocument Of(HandOverTime time) =>
        new(time.Step.Member, time.Step.FromMember, time.Step.Kind, Math.Round(time.Took.TotalMilliseconds, 1));
}
