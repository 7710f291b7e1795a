using Slotwright.Core.Cluster;

namespace Slotwright.Core.Healing;

/// <summary>What was corrected of one node's line.</summary>
/// <param name="What"><c>address</c> or <c>shard-id</c>.</param>
public sealed record NodesFileChange(NodeId Id, string Hostname, string What, string From, string To)
{
    public override string ToString() => $"{What} of {(Hostname.Length > 0 ? Hostname : Id)}: {From} is now {To}";
}
