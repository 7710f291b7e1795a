namespace Slotwright.Core.Observing;

/// <summary>CLUSTER INFO: what one node makes of the whole. StateOk and SlotsAssigned never suffice to call a cluster well.</summary>
/// <param name="Size">Primaries that own slots.</param>
public sealed record ClusterInfo(
    bool StateOk,
    int SlotsAssigned,
    int SlotsOk,
    int SlotsPossible,
    int SlotsFail,
    int KnownNodes,
    int Size,
    long CurrentEpoch,
    long MyEpoch
);
