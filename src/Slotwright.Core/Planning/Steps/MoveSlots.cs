using System.Text.Json.Serialization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Steps;

/// <summary>Slots and their keys go from one primary to another, online.</summary>
public sealed record MoveSlots(string FromMember, NodeId From, string Member, NodeId Node, SlotSet Slots) : Step
{
    /// <summary>
    /// A move that was cut off may have left keys at both ends: an atomic migration would begin with none at the taker.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool GoesOn { get; init; }

    public override string Describe() =>
        $"{(Slots.Count == 1 ? "1 slot goes" : $"{Slots.Count} slots go")} from {FromMember} to {Member} ({Slots})";

    public override Topology ApplyTo(Topology before)
    {
        if (before.Find(From) is not { } giver || before.Find(Node) is not { } taker)
        {
            return before;
        }
        var left = giver.Slots.Except(Slots);
        var after = before
            .With(giver with { Slots = left, Keys = left.IsEmpty ? 0 : giver.Keys, Open = giver.Open.Except(Slots) })
            .With(
                taker with
                {
                    Slots = taker.Slots.Union(Slots),
                    Open = taker.Open.Except(Slots),
                    Strays = taker.Strays.Except(Slots),
                }
            );
        return left.IsEmpty
            ? after with
            {
                Nodes = [.. after.Nodes.Select(n => n.Primary == From ? n with { Keys = 0 } : n)],
            }
            : after;
    }

    public override bool IsDone(Topology now) => now.Find(Node) is { } taker && Slots.Except(taker.Slots).IsEmpty;
}
