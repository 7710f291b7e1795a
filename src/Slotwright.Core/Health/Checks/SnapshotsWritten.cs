using System.Collections.Immutable;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health.Checks;

/// <summary>The last snapshot of each server succeeded. Where no server says so, nothing is said.</summary>
internal static class SnapshotsWritten
{
    public static ImmutableArray<Finding> Run(Observation observation)
    {
        NodeView[] asked = [.. observation.Views.Where(v => v.Report?.Server.Storage.Saved is not null)];
        return asked.Length == 0
            ? []
            : Check.Of(
                "snapshots-written",
                "no server failed to write its last snapshot",
                asked.Where(v => v.Report!.Server.Storage.Saved is false).Select(Fault)
            );
    }

    private static Finding Fault(NodeView view)
    {
        var server = view.Report!.Server;
        return new Finding(
            "snapshot-failed",
            server.Storage.StopsAfterFailedSave switch
            {
                true => Verdict.Failed,
                false => Verdict.Warning,
                null => Verdict.Unknown,
            },
            view.Label,
            "its last snapshot failed",
            server.Storage.StopsAfterFailedSave switch
            {
                true when server.IsPrimary =>
                    "until one succeeds it refuses all writes (MISCONF, by stop-writes-on-bgsave-error)",
                true =>
                    "it ends itself at the next write of its primary (unless repl-ignore-disk-write-error is set), and would refuse all writes as a primary",
                false => "what it starts from, or a backup is made of, is older than wanted",
                null =>
                    "with stop-writes-on-bgsave-error and save points it refuses all writes, and these settings could not be asked",
            },
            "make room on its disk and in its memory (a snapshot forks); then BGSAVE, and see its log"
        );
    }
}
