using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Operations.Drills;

namespace Slotwright.Output;

/// <summary>The report of a drill as one HTML page that needs nothing from outside.</summary>
internal static class DrillPage
{
    private const string Style = """
        body { font: 15px/1.45 sans-serif; color: #222; max-width: 940px; margin: 2em auto; padding: 0 1em; }
        h1 { font-size: 1.5em; margin-bottom: 0.2em; } h2 { font-size: 1.15em; margin: 1.6em 0 0.4em; }
        .verdict { padding: 0.6em 0.9em; border-left: 6px solid; background: #f5f5f5; font-weight: bold; }
        .ok { border-color: #3c8d40; } .failed { border-color: #b03a2f; } .unknown { border-color: #d9822b; }
        table { border-collapse: collapse; } th, td { padding: 0.25em 0.8em 0.25em 0; text-align: left; vertical-align: top; }
        #shards td, #events td.n { white-space: nowrap; }
        th { border-bottom: 1px solid #999; font-weight: normal; color: #666; } td.n, th.n { text-align: right; }
        td.bad { color: #b03a2f; font-weight: bold; } figure { margin: 1em 0; } svg { max-width: 100%; height: auto; }
        .faint { color: #666; }
        """;

    public static string Of(string target, DrillReport report)
    {
        var page = new StringBuilder();
        var title = $"drill {report.Plan.Kind.Name()} on {target}";
        page.Append(
            $"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{Text(title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n"
        );
        page.Append($"<h1>{Text(title)}</h1>\n<p class=\"faint\">{Text(Subtitle(report))}</p>\n");
        page.Append($"<p class=\"verdict {Class(report.Verdict.Outcome)}\">{Text(report.Verdict.Sentence)}</p>\n");
        page.Append($"<p>{Text(DrillWords.Confirmed(report))}.<br>verify {Text(DrillWords.Verified(report))}.</p>\n");
        Pictures(page, new DrillPictures(report));
        Events(page, report.Events);
        Shards(page, report.Load.Ledger);
        Findings(page, "Findings", report.Verdict.Findings);
        Findings(page, "What verify found afterwards", report.Facts.After);
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static string Subtitle(DrillReport report) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Began.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC; {report.Options.Rate} operations a second for {report.Load.Ledger.Elapsed.TotalSeconds:0.#} s; {report.Plan.Deed}{(report.Load.IsInterrupted ? "; interrupted" : "")}"
        );

    private static void Pictures(StringBuilder page, DrillPictures pictures)
    {
        page.Append("<p class=\"faint\">Numbers on top of a picture are those of the events below.</p>\n");
        foreach (var svg in new[] { pictures.Success(), pictures.Latency(), pictures.Roles(), pictures.Gaps() })
        {
            page.Append($"<figure>\n{svg}</figure>\n");
        }
    }

    private static void Events(StringBuilder page, ImmutableArray<DrillEvent> events)
    {
        page.Append(
            "<h2>Events</h2>\n<table id=\"events\">\n<tr><th class=\"n\">#</th><th class=\"n\">after</th><th>what</th></tr>\n"
        );
        for (var i = 0; i < events.Length; i++)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td class=\"n\">{i + 1}</td><td class=\"n\">{events[i].At.TotalSeconds:0.00} s</td><td>{Text(DrillWords.Told(events[i]))}</td></tr>\n"
            );
        }
        page.Append("</table>\n");
    }

    private static void Shards(StringBuilder page, Ledger ledger)
    {
        string[] columns =
        [
            "writes",
            "acknowledged",
            "confirmed",
            "failed",
            "longest gap",
            "lost",
            "confirmed lost",
            "by old primary",
            "stale reads",
        ];
        page.Append("<h2>Shards</h2>\n<table id=\"shards\">\n<tr><th>slots</th><th>primary</th>");
        page.Append(string.Concat(columns.Select(c => $"<th class=\"n\">{c}</th>"))).Append("</tr>\n");
        foreach (var shard in ledger.Shards)
        {
            page.Append($"<tr><td>{shard.Slots}</td><td>{Text(shard.Name)}</td>");
            Number(page, shard.Attempted, isBad: false);
            Number(page, shard.Acknowledged, isBad: false);
            Number(page, shard.Confirmed, isBad: false);
            Number(page, shard.Failed + shard.FailedReads, isBad: true);
            page.Append($"<td class=\"n\">{Latencies.Of(shard.LongestGap.Length)}</td>");
            Number(page, shard.Found.Lost, isBad: true);
            Number(page, shard.Found.LostConfirmed, isBad: true);
            Number(page, shard.ByOldPrimary, isBad: true);
            Number(page, shard.Found.StaleReads, isBad: true);
            page.Append("</tr>\n");
        }
        page.Append("</table>\n");
    }

    private static void Number(StringBuilder page, long number, bool isBad) =>
        page.Append(
            CultureInfo.InvariantCulture,
            $"<td class=\"n{(isBad && number > 0 ? " bad" : "")}\">{number}</td>"
        );

    private static void Findings(StringBuilder page, string title, ImmutableArray<Finding> findings)
    {
        page.Append($"<h2>{title}</h2>\n");
        if (findings.IsEmpty)
        {
            page.Append("<p>none</p>\n");
            return;
        }
        page.Append("<table>\n");
        foreach (var finding in FindingGroups.Of(findings))
        {
            var more = string.Join(" ", new[] { finding.Why, finding.Remedy }.Where(t => t.Length > 0));
            page.Append(
                $"<tr><td>{finding.Verdict.ToString().ToLowerInvariant()}</td><td>{Text(finding.Verdict == Verdict.Ok ? finding.What : $"{finding.Subject}: {finding.What}")}<br><span class=\"faint\">{Text(more)}</span></td></tr>\n"
            );
        }
        page.Append("</table>\n");
    }

    private static string Class(Verdict outcome) =>
        outcome switch
        {
            Verdict.Ok => "ok",
            Verdict.Failed => "failed",
            _ => "unknown",
        };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
