using System.Collections.Immutable;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Operations.Targets;

namespace Slotwright.Operations.Observing;

/// <summary>Members that were restarted from a snapshot, and whose append-only files nobody has switched on again.</summary>
public static class RestartsCutOff
{
    /// <returns>Nothing where the host's members keep no such files.</returns>
    public static async Task<ImmutableArray<Finding>> FindAsync(
        IClusterHost host,
        Observation observation,
        CancellationToken ct
    ) =>
        await host.KeepsAppendOnlyAsync(ct)
            ?
            [
                .. observation
                    .Views.Where(v => v.Report?.Server is { Loading: false, Storage.AppendOnly: false })
                    .Select(v => new Finding(
                        "append-off",
                        Verdict.Failed,
                        v.Label,
                        "it keeps no append-only file, though it is configured to: a restart of it was cut off",
                        "what it acknowledges is lost with its process, and it does not take over from its primary by itself",
                        "slotwright up finishes the restart"
                    )),
            ]
            : [];
}
