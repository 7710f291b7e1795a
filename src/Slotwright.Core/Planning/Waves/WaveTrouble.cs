using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Core.Health.Checks;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Planning.Waves;

/// <summary>
/// What has to be well before a wave takes members away: all of them up, agreed and in sync, every slot served, and
/// files written. How many replicas there are, and where, is no matter here.
/// </summary>
public static class WaveTrouble
{
    private static readonly Expectation AnyReplicas = new(0, AtLeast: true);

    public static ImmutableArray<Finding> Of(Observation observation) =>
        [
            .. new[]
            {
                NodesReachable.Run(observation),
                NodesAgree.Run(observation, Former.Host),
                HeldBack.Run(observation),
                SlotsCovered.Run(observation, Former.Host),
                ReplicasInSync.Run(observation.Topology, AnyReplicas),
                NothingOpen.Run(observation),
                AppendOnlyWritten.Run(observation),
                SnapshotsWritten.Run(observation),
            }
                .SelectMany(f => f)
                .Where(f => f.Verdict is Verdict.Failed or Verdict.Unknown || IsCopying(f)),
        ];

    /// <summary>To a look at a cluster it is a warning; to a wave a replica less.</summary>
    private static bool IsCopying(Finding finding) => finding is { Verdict: Verdict.Warning, Code: "replica-link" };
}
