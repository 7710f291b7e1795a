using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Json;
using Slotwright.Core.Planning.SlotMoves;

namespace Slotwright.Core.Planning;

/// <summary>What an operation is going to do. The same topology and the same wish always give the same plan.</summary>
/// <param name="Notes">What the plan can't give, and why.</param>
/// <param name="Estimate">How long it should take; null where that can't be told.</param>
public sealed record Plan(
    string Operation,
    ImmutableArray<Stage> Stages,
    ImmutableArray<Finding> Notes,
    [property: JsonPropertyName("estimateSeconds"), JsonConverter(typeof(SecondsConverter))] TimeSpan? Estimate = null
)
{
    /// <summary>
    /// The command that brings back the layout which this plan leaves worse; null for all but the operations that exist
    /// for that.
    /// </summary>
    public string? RestoredBy { get; init; }

    /// <summary>What it does to what shards bear; null for operations that do not balance.</summary>
    public Balance? Balance { get; init; }

    /// <summary>
    /// Nodes that it does not touch may change meanwhile, as where it makes elections possible: nothing is promised of them.
    /// </summary>
    [JsonIgnore]
    public bool OthersMayChange { get; init; }

    [JsonIgnore]
    public bool IsEmpty => Stages.All(s => s.Steps.IsEmpty);

    /// <summary>The topology that the plan promises.</summary>
    public Topology Outcome(Topology before) =>
        Stages.SelectMany(s => s.Steps).Aggregate(before, (topology, step) => step.ApplyTo(topology));
}
