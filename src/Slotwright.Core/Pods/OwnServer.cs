namespace Slotwright.Core.Pods;

/// <summary>What a member's own server says of itself: INFO and CLUSTER INFO.</summary>
/// <param name="RunId">Another at each start of the server.</param>
/// <param name="LinkUp">A replica's link to its primary; false on a primary.</param>
/// <param name="SyncInProgress">A replica is copying everything.</param>
/// <param name="Loading">Its data is being read from its files, or from its primary.</param>
/// <param name="StateOk">cluster_state.</param>
/// <param name="SlotsAssigned">Slots that have an owner in its view.</param>
/// <param name="SlotsFailing">Of these, slots whose owner it takes for failed or suspects.</param>
/// <param name="KnownNodes">Nodes in its view, itself among them.</param>
public sealed record OwnServer(
    string RunId,
    bool IsPrimary,
    bool LinkUp,
    bool SyncInProgress,
    bool Loading,
    bool StateOk,
    int SlotsAssigned,
    int SlotsFailing,
    int KnownNodes
);
