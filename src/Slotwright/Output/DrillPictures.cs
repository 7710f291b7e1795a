using System.Collections.Immutable;
using System.Globalization;
using Slotwright.Core.Charts;
using Slotwright.Core.Drills;
using Slotwright.Operations.Drills;

namespace Slotwright.Output;

/// <summary>The pictures of a drill.</summary>
internal sealed class DrillPictures(DrillReport report)
{
    private const int MostShards = 12;
    private const int MostMarks = 24;

    private static readonly ImmutableArray<(string Kind, string Colour)> Kinds =
    [
        ("primary", "#2f6fb0"),
        ("halted", "#8a6fb0"),
        ("replica", "#b9d3ea"),
        ("silent", "#d9822b"),
        ("down", "#c9c9c9"),
        ("no write acknowledged", "#b03a2f"),
    ];

    private Ledger Ledger => report.Load.Ledger;

    private TimeSpan Length
    {
        get
        {
            var timeline = Ledger.Timeline;
            var shown = timeline.Width * Math.Max(1, timeline.Samples.Length);
            return shown > TimeSpan.Zero ? shown : Timeline.FirstWidth;
        }
    }

    /// <summary>Numbers as the table of events has them.</summary>
    private ImmutableArray<ChartMark> Marks =>
        [
            .. report
                .Events.Select((e, i) => new ChartMark(e.At, string.Create(CultureInfo.InvariantCulture, $"{i + 1}")))
                .Where(m => m.At <= Length)
                .Take(MostMarks),
        ];

    public string Success() =>
        new LineChart(
            "Operations that succeeded, of those due at each time",
            "%",
            Length,
            Top: 100,
            IsLogarithmic: false,
            [new ChartLine("all shards", Points(s => s.SuccessRate * 100))],
            Marks
        ).ToSvg();

    public string Latency() =>
        new LineChart(
            "Latency of operations that succeeded",
            "ms",
            Length,
            Top: null,
            IsLogarithmic: true,
            [
                new ChartLine("p50", Points(s => Milliseconds(s, s.P50))),
                new ChartLine("p99", Points(s => Milliseconds(s, s.P99))),
            ],
            Marks
        ).ToSvg();

    public string Roles() =>
        new LaneChart(
            IsCut ? $"Roles and gaps of the {MostShards} shards with the longest gaps" : "Roles and gaps",
            Length,
            Kinds,
            [.. Shown.SelectMany(Lanes)],
            Marks
        ).ToSvg();

    public string Gaps() =>
        new BarChart(
            IsCut ? $"Longest gap of a shard: the {MostShards} longest" : "Longest gap of each shard",
            "ms",
            ["gap"],
            [
                .. Shown.Select(i => new BarGroup(
                    $"slots {Ledger.Shards[i].Slots}",
                    [Ledger.Shards[i].LongestGap.Length.TotalMilliseconds]
                )),
            ]
        ).ToSvg();

    private bool IsCut => Ledger.Shards.Length > MostShards;

    private IEnumerable<int> Shown =>
        Enumerable
            .Range(0, Ledger.Shards.Length)
            .OrderByDescending(i => Ledger.Shards[i].LongestGap.Length)
            .Take(MostShards)
            .Order();

    private IEnumerable<Lane> Lanes(int shard)
    {
        var ledger = Ledger.Shards[shard];
        var group = $"slots {ledger.Slots}";
        var index = report.Plan.Shards.Select(s => s.Slots).ToList().IndexOf(ledger.Slots);
        foreach (var member in report.Facts.Roles.Where(r => r.Shard == index))
        {
            yield return new Lane(group, member.Member, [.. member.Spans.Select(s => Span(member.Member, s))]);
        }
        yield return new Lane(
            group,
            "gaps",
            [
                .. ledger.Gaps.Select(g => new LaneSpan(
                    g.From,
                    g.From + g.Length,
                    "no write acknowledged",
                    $"no write acknowledged for {Latencies.Of(g.Length)}"
                )),
            ]
        );
    }

    private static LaneSpan Span(string member, RoleSpan span)
    {
        var kind = span.State.ToString().ToLowerInvariant();
        return new LaneSpan(span.From, span.To, kind, $"{member}: {kind} for {Latencies.Of(span.To - span.From)}");
    }

    private ImmutableArray<(TimeSpan, double)> Points(Func<TimelineSample, double> value)
    {
        var timeline = Ledger.Timeline;
        return [.. timeline.Samples.Select((s, i) => (timeline.Width * (i + 0.5), value(s)))];
    }

    private static double Milliseconds(TimelineSample sample, TimeSpan latency) =>
        sample.Succeeded > 0 ? latency.TotalMilliseconds : double.NaN;
}
