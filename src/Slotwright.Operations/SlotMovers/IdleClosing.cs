using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// A replica of one of the ends that was away when its primary closed a slot still has it open, also when it is a primary by
/// now. It hears of a SETSLOT that its primary gets anew.
/// </summary>
internal static class IdleClosing
{
    /// <summary>After all agree that the taker owns them. Nothing is done for nodes that do not answer: the next operation finds what they have open.</summary>
    /// <exception cref="OperationFailedException">A primary refuses.</exception>
    public static async Task RunAsync(MoveEnds ends, CancellationToken ct)
    {
        var step = ends.Step;
        var rows = await Task.WhenAll(ends.Context.Answering.Select(m => ends.OwnRowAsync(m, ct)));
        var left = rows.OfType<PeerRow>()
            .Select(r => (Of: r.Primary ?? r.Id, Open: SlotSet.OfSlots(r.OpenSlots.Select(s => s.Slot))))
            .Where(r => r.Of == step.Node || r.Of == step.From)
            .Select(r => r with { Open = r.Open.Intersect(step.Slots) })
            .Where(r => !r.Open.IsEmpty)
            .GroupBy(r => r.Of, r => r.Open);
        foreach (var end in left)
        {
            ImmutableArray<int> slots = [.. SlotSet.Union(end)];
            await ends.Context.AskAsync(
                end.Key == step.Node ? step.Member : step.FromMember,
                (node, inner) => SetSlot.RunAsync(node, slots, "STABLE", id: null, unless: null, ends.Time, inner),
                ct
            );
        }
    }
}
