using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Slots;

namespace Slotwright.Valkey.Routing;

/// <summary>Which address to ask about each slot, as a client knows it: perhaps no longer true, MOVED mends it.</summary>
public sealed class SlotMap
{
    private const short Nobody = -1;

    public static readonly SlotMap Empty = Of([]);

    private readonly short[] _owners;

    private SlotMap(ImmutableArray<NodeAddress> addresses, short[] owners)
    {
        Addresses = addresses;
        _owners = owners;
    }

    /// <summary>Every address that owns slots, or owned some before one was moved.</summary>
    public ImmutableArray<NodeAddress> Addresses { get; }

    public bool IsEmpty => Addresses.IsEmpty;

    /// <param name="owners">Where two claim a slot, the later one has it. Owners without slots are left out.</param>
    public static SlotMap Of(ImmutableArray<(NodeAddress Address, SlotSet Slots)> owners)
    {
        var addresses = owners.Where(o => !o.Slots.IsEmpty).Select(o => o.Address).Distinct().ToImmutableArray();
        var slots = new short[HashSlot.Count];
        Array.Fill(slots, Nobody);
        foreach (var (address, owned) in owners)
        {
            foreach (var range in owned.Ranges)
            {
                Array.Fill(slots, (short)addresses.IndexOf(address), range.First, range.Count);
            }
        }
        return new SlotMap(addresses, slots);
    }

    /// <summary>Null where nobody is known to own it.</summary>
    public NodeAddress? OwnerOf(int slot) => _owners[slot] is >= 0 and var index ? Addresses[index] : null;

    public SlotSet SlotsOf(NodeAddress address)
    {
        var index = Addresses.IndexOf(address);
        return index < 0
            ? SlotSet.Empty
            : SlotSet.OfSlots(Enumerable.Range(0, HashSlot.Count).Where(s => _owners[s] == index));
    }

    public SlotMap With(int slot, NodeAddress owner)
    {
        var addresses = Addresses.Contains(owner) ? Addresses : Addresses.Add(owner);
        var owners = (short[])_owners.Clone();
        owners[slot] = (short)addresses.IndexOf(owner);
        return new SlotMap(addresses, owners);
    }
}
