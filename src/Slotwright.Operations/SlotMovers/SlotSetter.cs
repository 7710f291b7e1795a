using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Commands;
using Slotwright.Valkey.Connections;

namespace Slotwright.Operations.SlotMovers;

/// <summary>
/// Opens slots at both ends and closes them, over connections of its own: the servers answer SETSLOT only once their
/// replicas have it, and what others send over the same connection would wait behind it. What was begun is finished, also
/// when everything is to stop.
/// </summary>
internal sealed class SlotSetter(
    MoveEnds ends,
    ValkeyConnection source,
    ValkeyConnection target,
    ImmutableArray<ToldPrimary> told
) : IAsyncDisposable
{
    /// <param name="told">Members that are to hear of new owners beside both ends.</param>
    public static async Task<SlotSetter> OpenAsync(MoveEnds ends, ImmutableArray<string> told, CancellationToken ct)
    {
        var source = await ends.OpenSourceAsync(ct);
        ValkeyConnection? target = null;
        try
        {
            target = await ends.OpenTargetAsync(ct);
            var others = await Task.WhenAll(told.Select(m => ToldPrimary.OpenAsync(m, ends, ct)));
            return new SlotSetter(ends, source, target, [.. others.OfType<ToldPrimary>()]);
        }
        catch
        {
            await source.DisposeAsync();
            if (target is not null)
            {
                await target.DisposeAsync();
            }
            throw;
        }
    }

    /// <summary>The taker accepts what is sent to it of them.</summary>
    public Task OpenTakerAsync(int[] slots)
    {
        ends.Moving.Meter.Begin(SlotSet.OfSlots(slots));
        return SetAsync(target, slots, "IMPORTING", ends.Step.From, unless: "already the owner");
    }

    /// <summary>From then on new keys go to the taker.</summary>
    public Task OpenGiverAsync(int[] slots) =>
        SetAsync(source, slots, "MIGRATING", ends.Step.Node, unless: "not the owner");

    /// <summary>The taker owns them.</summary>
    /// <exception cref="OperationFailedException">The giver has keys of them: run again, it goes on.</exception>
    public async Task HandAsync(int[] slots)
    {
        // a slot whose giver still has keys must not change its owner: they would be gone
        await ends.InTimeAsync(
            source,
            ct => KeysInSlots.DemandNoneAsync(source, SlotSet.OfSlots(slots), ct),
            MoveEnds.CallPatience
        );
        await SetAsync(target, slots, "NODE", ends.Step.Node);
    }

    /// <summary>The giver knows that they are the taker's, and so do other primaries.</summary>
    public async Task CloseAsync(int[] slots)
    {
        await Task.WhenAll([CloseSourceAsync(slots), .. told.Select(t => t.TellAsync(slots))]);
        ends.Moving.Meter.End(SlotSet.OfSlots(slots));
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await target.DisposeAsync();
        foreach (var other in told)
        {
            await other.DisposeAsync();
        }
    }

    /// <summary>
    /// One that has given its last slot away becomes a replica by itself: then it answers with an error, or ends its
    /// connections. What counts is that it does not own them any more.
    /// </summary>
    private async Task CloseSourceAsync(int[] slots)
    {
        try
        {
            await SetAsync(source, slots, "NODE", ends.Step.Node);
        }
        catch (Exception e) when (e is OperationFailedException or IOException)
        {
            using var end = new CancellationTokenSource(MoveEnds.CallPatience, ends.Time);
            var rows = await ends.AskSourceAsync(static (node, inner) => node.PeersAsync(inner), end.Token);
            if (rows.Any(r => r.Id == ends.Step.From && r.Slots.Overlaps(SlotSet.OfSlots(slots))))
            {
                throw;
            }
        }
    }

    /// <param name="unless">What the server says where nothing is to be done.</param>
    private Task<bool> SetAsync(ValkeyConnection node, int[] slots, string state, NodeId id, string? unless = null) =>
        ends.InTimeAsync(
            node,
            ct => SetSlot.RunAsync(node, slots, state, id, unless, ends.Time, ct),
            MoveEnds.CallPatience
        );
}
