using Slotwright.Core.Cluster;

namespace Slotwright.Core.Observing;

/// <summary>A slot that is on its way: migrating to the peer, or importing from it.</summary>
public readonly record struct OpenSlot(int Slot, bool Importing, NodeId Peer);
