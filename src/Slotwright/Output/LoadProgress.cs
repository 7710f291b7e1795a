using System.Globalization;
using Slotwright.Operations.Drills;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>How a load goes, a line a second: on a terminal with colours where something is wrong.</summary>
internal sealed class LoadProgress(Terminal terminal) : IProgress<LoadSnapshot>
{
    private const int MostGaps = 6;

    private static readonly TimeSpan LongGap = TimeSpan.FromMilliseconds(500);

    /// <summary>It goes on until an operation has ended, and its duration only bounds that.</summary>
    public bool IsOpenEnded { get; set; }

    private int _second = -1;
    private long _failed;
    private long _lost;

    public void Report(LoadSnapshot value)
    {
        if (value.IsReadingBack)
        {
            terminal.Talk.WriteLine("reading back");
            return;
        }
        if (value.Elapsed < TimeSpan.FromMilliseconds(100))
        {
            terminal.Talk.WriteLine(
                $"load on {value.Shards.Length} shard{(value.Shards.Length == 1 ? "" : "s")} {(IsOpenEnded ? "until the operation has ended" : string.Create(CultureInfo.InvariantCulture, $"for {value.Duration.TotalSeconds:0.#} s"))}; gaps are times without an acknowledged write"
            );
            return;
        }
        var second = (int)Math.Round(value.Elapsed.TotalSeconds);
        if (second == _second)
        {
            return;
        }
        _second = second;
        var failed = Counted(value.Failed, ref _failed, "failed");
        var lost = value.Lost == 0 ? "" : "  " + Counted(value.Lost, ref _lost, "lost");
        terminal.Talk.MarkupLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{value.Elapsed.TotalSeconds, 5:0}s {value.OperationsPerSecond, 8:0} ops/s  p50 {Latencies.Of(value.P50)}  p99 {Latencies.Of(value.P99)}  {failed}{lost}  {Gaps(value)}"
            )
        );
    }

    private static string Counted(long now, ref long before, string word)
    {
        var text = $"{now} {word}";
        var isMore = now > before;
        before = now;
        return isMore ? $"[red]{text}[/]" : text;
    }

    private static string Gaps(LoadSnapshot snapshot)
    {
        var gaps =
            snapshot.Shards.Length <= MostGaps
                ? snapshot.Shards
                : [.. snapshot.Shards.OrderByDescending(s => s.CurrentGap).Take(MostGaps)];
        var texts = gaps.Select(s =>
            s.CurrentGap < LongGap
                ? Latencies.Of(s.LongestGap)
                : $"[red]{Markup.Escape(s.Name)} {Latencies.Of(s.CurrentGap)}[/]"
        );
        return $"gaps {string.Join(" ", texts)}";
    }
}
