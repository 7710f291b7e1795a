namespace Slotwright.Local.State;

/// <summary>What members were to run before their server changed: the way back to their revision from then.</summary>
/// <param name="Restarts">As <see cref="ClusterFile.Restarts"/> was.</param>
internal sealed record PreviousServer(ServerRecord Server, int Restarts);
