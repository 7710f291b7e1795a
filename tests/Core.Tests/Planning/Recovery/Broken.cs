using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Fencing;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Recovery;
using Slotwright.Core.Tests.Cluster;

namespace Slotwright.Core.Tests.Planning.Recovery;

/// <summary>Six members, some of which are gone: m-0 to m-2 are primaries, m-5, m-3 and m-4 their replicas.</summary>
internal static class Broken
{
    public static readonly Topology Well = SixMembers.Formed with
    {
        Nodes =
        [
            .. SixMembers.Formed.Nodes.Select(n =>
                n with
                {
                    Offset = 1000,
                    Keys = 10,
                    Stream = $"{n.Primary ?? n.Id}",
                }
            ),
        ],
    };

    /// <summary>These answer no more, all others suspect them, and their replicas are cut off.</summary>
    public static Topology Without(params string[] gone) =>
        Well with
        {
            Nodes =
            [
                .. Well.Nodes.Select(n =>
                    gone.Contains(n.Member)
                        ? n with
                        {
                            Reachable = false,
                            Suspected = true,
                            Offset = 0,
                            Keys = 0,
                            Stream = "",
                            Link = n.IsPrimary ? LinkState.None : LinkState.Down,
                        }
                    : n.Primary is { } primary && gone.Contains(Well.Find(primary)!.Member)
                        ? n with
                        {
                            Link = LinkState.Down,
                        }
                    : n
                ),
            ],
        };

    public static RecoveryReport Judge(Topology topology, RecoveryFacts? facts = null) =>
        RecoveryJudge.Of(new Observation(topology, [], []), facts ?? RecoveryFacts.None);

    public static RecoveryFacts Disks(params (string Member, OwnData Disk)[] disks) =>
        new(true, disks.ToImmutableDictionary(d => d.Member, d => d.Disk, StringComparer.Ordinal));
}
