namespace Slotwright.Core.Cluster;

/// <summary>
/// A place where a node runs: a StatefulSet ordinal or a local process. Address is what nodes call it; how to reach
/// it is the target's business.
/// </summary>
/// <param name="Ordinal">Its number on its host, from 0; on a target without a host, its place in the list.</param>
/// <param name="Zone">Its availability zone, or null where that is not known.</param>
/// <param name="Machine">The machine that it runs on, or null where that is not known.</param>
/// <param name="Hostname">What it announces as its hostname; empty where it announces none.</param>
/// <param name="Revision">What runs; empty where the target has no revisions.</param>
/// <param name="DesiredRevision">What is to run after its next restart.</param>
public sealed record Member(
    string Name,
    int Ordinal,
    string? Zone,
    string? Machine,
    MemberPhase Phase,
    NodeAddress Address,
    string Hostname,
    string Revision,
    string DesiredRevision
)
{
    /// <summary>The port of its cluster bus, 1 to 65535; null for the client port + 10000.</summary>
    public int? BusPort { get; init; }
}
