using System.Collections.Immutable;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Health.Checks;

/// <summary>Append-only files are written and can be rewritten. Where no server has one, nothing is said.</summary>
internal static class AppendOnlyWritten
{
    public static ImmutableArray<Finding> Run(Observation observation)
    {
        NodeView[] writers =
        [
            .. observation.Views.Where(v =>
                v.Report?.Server.Storage is { AppendOnly: true } and ({ Appended: not null } or { Rewritten: not null })
            ),
        ];
        return writers.Length == 0
            ? []
            : Check.Of("append-only-written", "append-only files are written", writers.SelectMany(Faults));
    }

    private static IEnumerable<Finding> Faults(NodeView view)
    {
        var server = view.Report!.Server;
        if (server.Storage.Appended is false)
        {
            yield return new Finding(
                "append-failed",
                Verdict.Failed,
                view.Label,
                "it can't write its append-only file",
                server.IsPrimary
                    ? "until a write succeeds it refuses all writes (MISCONF)"
                    : "it ends itself at the next write of its primary (unless repl-ignore-disk-write-error is set), and would refuse all writes as a primary",
                "make room on its disk, or see to its health; the server's log says what is wrong"
            );
        }
        if (server.Storage.Rewritten is false)
        {
            yield return new Finding(
                "append-rewrite-failed",
                Verdict.Warning,
                view.Label,
                "the last rewrite of its append-only file failed",
                "the file grows until it fills the disk, and its next start takes longer",
                "see whether its disk has room for a second copy of the data, and its memory for a fork; then BGREWRITEAOF"
            );
        }
    }
}
