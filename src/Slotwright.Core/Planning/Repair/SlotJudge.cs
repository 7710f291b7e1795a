using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Planning.Repair;

/// <summary>What becomes of one slot that is open, without an owner, or disputed: decided by where its keys are.</summary>
internal sealed class SlotJudge(RepairSight sight)
{
    private readonly Topology _topology = sight.Topology;
    private readonly ILookup<int, OpenEnd> _ends = OpenEnd.Of(sight.Seen).ToLookup(e => e.Slot);
    private readonly SlotSet _disputed = SlotDisputes.Of(sight.Seen);
    private readonly ImmutableArray<string> _silent = SilentMembers.Of(sight.Seen);
    private readonly Node? _smallest = sight
        .Topology.Voters.Where(v => RepairQuestions.IsFit(v, sight.Topology))
        .OrderBy(v => v.Slots.Count)
        .ThenBy(v => sight.Topology.Members[v.Member!].Ordinal)
        .FirstOrDefault();

    public IEnumerable<SlotVerdict> Judge(int slot) =>
        _topology.OwnerOf(slot) switch
        {
            null => Unowned(slot),
            { } owner when IsFit(owner) => Owned(slot, owner),
            { } owner when _ends[slot].Any() => [SlotVerdict.Tell(slot, SlotTroubles.OwnerSilent(owner))],
            _ => [],
        };

    private IEnumerable<SlotVerdict> Unowned(int slot)
    {
        NodeId[] holders = [.. sight.HoldersOf(slot).Select(h => h.Node)];
        if (_silent.Length > 0)
        {
            yield return SlotVerdict.Tell(slot, SlotTroubles.Unasked(_silent, [.. holders]));
            yield break;
        }
        if (holders.Select(id => _topology.Find(id)!).FirstOrDefault(n => !IsFit(n)) is { } apart)
        {
            yield return SlotVerdict.Tell(slot, SlotTroubles.HolderApart(apart, [.. holders]));
            yield break;
        }
        if (holders.Length > 1 || _smallest is null)
        {
            yield return SlotVerdict.Tell(slot, SlotTroubles.TwoHolders([.. holders]));
            yield break;
        }
        var owner = holders is [var one] ? _topology.Find(one)! : _smallest;
        yield return SlotVerdict.Mend(
            slot,
            RepairStage.Assign,
            new AssignSlots(owner.Label, owner.Id, SlotSet.Of(slot, slot))
            {
                Reason =
                    holders.Length == 1
                        ? "nobody owns them, and it alone has keys of them"
                        : "nobody owns them, nobody has keys of them, and it owns the fewest",
            }
        );
        foreach (var end in PrimaryEnds(slot))
        {
            yield return Close(slot, end.At, end.At.Id == owner.Id, "nobody owned it, and no key is on its way");
        }
    }

    private IEnumerable<SlotVerdict> Owned(int slot, Node owner)
    {
        Node[] holders =
        [
            .. sight.HoldersOf(slot).Select(h => _topology.Find(h.Node)!).Where(n => n.Id != owner.Id && IsFit(n)),
        ];
        var (taker, goesTo) = Taker(slot, owner, holders);
        if (taker is not null && !IsFit(taker))
        {
            return [SlotVerdict.Tell(slot, SlotTroubles.TakerSilent(owner, taker))];
        }
        var strays = holders.Where(h => h.Id != taker?.Id).ToArray();
        SlotVerdict[] ofStrays = [.. strays.Select(h => OfStray(slot, h, owner, taker, holders))];
        return
        [
            .. taker is null ? [] : new[] { Move(slot, owner, taker, goesTo) },
            .. ofStrays,
            .. Closings(slot, owner, taker, strays, isOwnerFree: ofStrays.All(v => v.Trouble is null)),
            .. taker is null && strays.Length == 0 && _disputed.Contains(slot)
                ? [Raise(slot, owner)]
                : Array.Empty<SlotVerdict>(),
        ];
    }

    /// <summary>
    /// Who is to have it: whom its owner gives it to, else the one that takes it and has keys already. A node that is a
    /// replica by now has its keys with its primary.
    /// </summary>
    private (Node? Taker, string Why) Taker(int slot, Node owner, Node[] holders)
    {
        var given = _ends[slot]
            .Where(e => e.At.Id == owner.Id && !e.Importing)
            .Select(e => (NodeId?)e.Peer)
            .FirstOrDefault();
        if (given is { } peer)
        {
            var taker = _topology.Find(peer) is { Primary: { } primary }
                ? _topology.Find(primary)
                : _topology.Find(peer);
            return (taker?.Id == owner.Id ? null : taker, "its owner gives it to that one");
        }
        Node[] taking =
        [
            .. _ends[slot]
                .Where(e => e.Importing && e.Peer == owner.Id)
                .Select(e => holders.FirstOrDefault(h => h.Id == e.At.Id))
                .OfType<Node>(),
        ];
        return (taking is [var one] && IsFit(one) ? one : null, "it has keys of it already");
    }

    private SlotVerdict OfStray(int slot, Node holder, Node owner, Node? taker, Node[] holders)
    {
        if (sight.Seen.ReportOf(holder.Id)?.Self.Slots.Contains(slot) == true)
        {
            return SlotVerdict.Tell(slot, SlotTroubles.TwoOwners(owner, holder));
        }
        var clash = holders
            .Prepend(owner)
            .FirstOrDefault(other => sight.Clashes.Any(c => c.IsBetween(slot, holder.Id, other.Id)));
        var to = taker ?? owner;
        return clash is not null
            ? SlotVerdict.Tell(slot, SlotTroubles.Clash(owner, holder, clash))
            : SlotVerdict.Mend(
                slot,
                RepairStage.Gather,
                new GatherKeys(holder.Label, holder.Id, to.Label, to.Id, SlotSet.Of(slot, slot))
                {
                    Reason = "nobody asks for them where they lie, and none is there by the same name",
                }
            );
    }

    private static SlotVerdict Move(int slot, Node owner, Node taker, string why) =>
        SlotVerdict.Mend(
            slot,
            RepairStage.Move,
            new MoveSlots(owner.Label, owner.Id, taker.Label, taker.Id, SlotSet.Of(slot, slot))
            {
                GoesOn = true,
                Reason = why,
            }
        );

    private static SlotVerdict Raise(int slot, Node owner) =>
        SlotVerdict.Mend(
            slot,
            RepairStage.Raise,
            new RaiseEpoch(owner.Label, owner.Id, SlotSet.Of(slot, slot))
            {
                Reason = "not all see that it owns them, and nobody else has keys of them",
            }
        );

    private IEnumerable<SlotVerdict> Closings(int slot, Node owner, Node? taker, Node[] strays, bool isOwnerFree)
    {
        foreach (var end in PrimaryEnds(slot).Where(e => e.At.Id != taker?.Id && strays.All(s => s.Id != e.At.Id)))
        {
            if (end.At.Id != owner.Id)
            {
                yield return Close(slot, end.At, isOwner: false, $"it has no keys of it, and {owner.Label} owns it");
            }
            else if (taker is null && isOwnerFree)
            {
                yield return Close(slot, owner, isOwner: true, "it owns it, and nobody is left who would take it");
            }
        }
    }

    private static SlotVerdict Close(int slot, Node at, bool isOwner, string why) =>
        SlotVerdict.Mend(
            slot,
            isOwner ? RepairStage.CloseOwner : RepairStage.Close,
            new CloseSlots(at.Label, at.Id, SlotSet.Of(slot, slot)) { Reason = why }
        );

    /// <summary>By primary: what a replica alone has open, it closes when its primary is told to.</summary>
    private IEnumerable<OpenEnd> PrimaryEnds(int slot) =>
        _ends[slot]
            .Select(e => e.At.Primary is { } id && _topology.Find(id) is { } primary ? e with { At = primary } : e)
            .Where(e => IsFit(e.At))
            .DistinctBy(e => e.At.Id);

    private bool IsFit(Node node) => RepairQuestions.IsFit(node, _topology);
}
