using System.Text;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Output;

/// <summary>Where a key belongs.</summary>
/// <param name="Slot">0 to 16383.</param>
/// <param name="HashTag">The part of the key that decides; null where the whole key does.</param>
/// <param name="Shard">The slots of its shard; null where the cluster could not be asked, or nobody owns the slot.</param>
/// <param name="Member">The primary that owns the slot; null as Shard.</param>
/// <param name="Zone">The primary's; null where it is not known.</param>
internal sealed record SlotKey(string Key, int Slot, string? HashTag, SlotSet? Shard, string? Member, string? Zone)
{
    /// <param name="topology">Null where no cluster could be asked.</param>
    public static SlotKey Of(string name, ReadOnlySpan<byte> key, Topology? topology)
    {
        var tag = HashSlot.TagOf(key);
        var slot = HashSlot.Of(key);
        var owner = topology?.OwnerOf(slot);
        return new SlotKey(
            name,
            slot,
            tag.Length == key.Length ? null : Encoding.UTF8.GetString(tag),
            owner?.Slots,
            owner?.Label,
            owner is null ? null : topology!.ZoneOf(owner)
        );
    }
}
