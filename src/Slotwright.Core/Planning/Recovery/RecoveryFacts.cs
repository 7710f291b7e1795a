using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Fencing;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>What the members' host knows that their nodes don't say.</summary>
/// <param name="HasHost">Members are started by a host of ours: <c>slotwright up</c>.</param>
/// <param name="Disks">By member: what its server would begin with. Those whose disk can't be read are missing.</param>
public sealed record RecoveryFacts(bool HasHost, ImmutableDictionary<string, OwnData> Disks)
{
    public static readonly RecoveryFacts None = new(false, ImmutableDictionary<string, OwnData>.Empty);

    /// <summary>Null where nobody here can look.</summary>
    public OwnData? DiskOf(Node node) => node.Member is { } member ? Disks.GetValueOrDefault(member) : null;
}
