using System.Globalization;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Planning.Waves;
using Slotwright.Operations.Waves;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>What <c>restart</c> and <c>upgrade</c> print at their end.</summary>
internal static class RollingOutput
{
    public static void Print(Terminal terminal, Format format, string target, RollingKind kind, RollingReport report)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, Document(target, report));
            return;
        }
        if (report.Change.Applied)
        {
            Columns.Print(terminal.Out, ["MEMBER", "ZONE", "ROLE", "VERSION", ""], Rows(report));
            terminal.Document.WriteLine();
        }
        terminal.Document.WriteLine(Closing(target, report));
        if (!report.Kept.IsEmpty)
        {
            terminal.Document.WriteLine(
                "one replica of the old version is kept in each shard: slotwright upgrade --commit upgrades them, upgrade --rollback goes back"
            );
        }
        else if (kind == RollingKind.Rollback && report.Change.Applied)
        {
            terminal.Document.WriteLine(
                "files of the newer version lie beside the data of each member, as *.before-TIME: delete them once all is well"
            );
        }
    }

    private static RollingDocument Document(string target, RollingReport report) =>
        new(
            target,
            report.Change.Applied,
            report.Target.ToString(),
            report.Kept,
            report.Change.Plan,
            [.. report.Change.HandOvers.Select(HandOverDocument.Of)],
            Math.Round(report.Change.Elapsed.TotalSeconds, 3),
            StatusDocument.Of(target, report.Change.After)
        );

    private static string Closing(string target, RollingReport report)
    {
        var change = report.Change;
        if (!change.Applied && !report.Kept.IsEmpty)
        {
            return $"{target}: every member but those that are kept runs Valkey {report.Target}: nothing to do";
        }
        if (!change.Applied)
        {
            return $"{target}: every member is at its desired revision, on Valkey {report.Target}: nothing to do";
        }
        var stages = change.Plan.Stages.Where(s => s.Steps.Any(x => x is RestartMember)).ToArray();
        var members = stages.Sum(s => s.Steps.Length);
        var overs = change.HandOvers.IsEmpty
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"; {Counts.Of(change.HandOvers.Length, "hand-over")}, the longest {change.HandOvers.Max(h => h.Took).TotalMilliseconds:0} ms"
            );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{target}: {Counts.Of(members, "member")} restarted in {Counts.Of(stages.Length, "wave")}, in {change.Elapsed.TotalSeconds:0.0} s{overs}"
        );
    }

    private static IEnumerable<string[]> Rows(RollingReport report)
    {
        var after = report.Change.After;
        var restarted = report
            .Change.Plan.Stages.SelectMany(s => s.Steps)
            .OfType<RestartMember>()
            .Select(r => r.Member)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var member in after.Topology.Members.Values.OrderBy(m => m.Ordinal))
        {
            var node = after.Topology.NodeOf(member.Name);
            yield return
            [
                member.Name,
                member.Zone ?? "-",
                node is null ? "-"
                : node.IsPrimary ? "primary"
                : "replica",
                VersionOf(after, member.Name),
                report.Kept.Contains(member.Name, StringComparer.Ordinal) ? "kept"
                : restarted.Contains(member.Name) ? "restarted"
                : "",
            ];
        }
    }

    private static string VersionOf(Observation after, string member) =>
        after.ViewOf(member)?.Report?.Server.Version.ToString() ?? "-";
}
