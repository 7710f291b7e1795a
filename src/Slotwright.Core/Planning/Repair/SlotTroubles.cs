using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Planning.Repair;

/// <summary>What no evidence decides about a slot, and how a person does.</summary>
internal static class SlotTroubles
{
    private const string NoGuess =
        "whichever is taken, keys that somebody has written could be lost: that is not for a program to guess";

    public static SlotTrouble OwnerSilent(Node owner) =>
        new(
            "owner-silent",
            $"they are open, and {owner.Label}, which owns them, can't be asked for their keys",
            "where a slot goes depends on what both ends have",
            $"start {owner.Label}, or see slotwright recover; then slotwright repair",
            []
        );

    public static SlotTrouble TakerSilent(Node owner, Node taker) =>
        new(
            "taker-silent",
            $"{owner.Label} gives them to {taker.Label}, which can't be asked and may have keys of them",
            "keys that have arrived there are nowhere else",
            $"start {taker.Label}, then slotwright repair; where it is gone for good, and its keys with it, CLUSTER SETSLOT <slot> STABLE on {owner.Label}",
            []
        );

    public static SlotTrouble Unasked(ImmutableArray<string> silent, ImmutableArray<NodeId> holders) =>
        new(
            "slots-unasked",
            $"nobody owns them, and {string.Join(", ", silent)}, which may have their keys, can't be asked",
            "given to another they would begin without these keys",
            $"start {string.Join(", ", silent)}, then slotwright repair; where their data is lost, slotwright recover",
            holders
        );

    public static SlotTrouble TwoHolders(ImmutableArray<NodeId> holders) =>
        new(
            "keys-in-two-places",
            "nobody owns them, and several have keys of them",
            NoGuess,
            "look with CLUSTER GETKEYSINSLOT; CLUSTER ADDSLOTS on the one whose keys are to win, CLUSTER SETSLOT <slot> IMPORTING <its id> on another; then slotwright repair brings them together",
            holders
        );

    public static SlotTrouble HolderApart(Node holder, ImmutableArray<NodeId> holders) =>
        new(
            "keys-apart",
            $"nobody owns them, and {holder.Label}, which is not known to all, has keys of them",
            "given to another they would begin without these keys",
            $"bring {holder.Label} in first (slotwright verify says what it is), then slotwright repair",
            holders
        );

    public static SlotTrouble TwoOwners(Node owner, Node claimant) =>
        new(
            "owners-differ",
            $"{owner.Label} owns them under a higher epoch, and {claimant.Label}, which has keys of them, says that it owns them itself",
            NoGuess,
            $"see why they do not hear each other (slotwright verify); as soon as {claimant.Label} does, it drops its keys: save them first where they count",
            [owner.Id, claimant.Id]
        );

    public static SlotTrouble Clash(Node owner, Node holder, Node other) =>
        new(
            "keys-clash",
            $"{owner.Label} owns them, and {holder.Label} has keys that are by the same names at {other.Label}",
            NoGuess,
            $"look with CLUSTER GETKEYSINSLOT on both; delete on {holder.Label} (after ASKING, with CLUSTER SETSLOT <slot> IMPORTING {owner.Id}) what is not wanted, then slotwright repair",
            [owner.Id, holder.Id, .. other.Id == owner.Id ? [] : new[] { other.Id }]
        );
}
