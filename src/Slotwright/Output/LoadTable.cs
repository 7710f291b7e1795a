using Slotwright.Core.Drills;
using Spectre.Console;

namespace Slotwright.Output;

/// <summary>A ledger as a table, a shard a row.</summary>
internal static class LoadTable
{
    /// <param name="isDrill">With what old primaries acknowledged.</param>
    public static Table Of(Ledger ledger, bool isDrill)
    {
        var waits = ledger.WaitReplicas > 0;
        var table = new Table().Border(TableBorder.None).Collapse();
        table.AddColumn("SLOTS").AddColumn("PRIMARY BEFORE");
        foreach (var column in Columns(waits, isDrill))
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        foreach (var shard in ledger.Shards)
        {
            table.AddRow([Plain($"{shard.Slots}"), Plain(shard.Name), .. Cells(shard, waits, isDrill)]);
        }
        return table;
    }

    private static IEnumerable<string> Columns(bool waits, bool isDrill) =>
        [
            "WRITES",
            "ACKED",
            .. waits ? ["CONFIRMED"] : Array.Empty<string>(),
            "READS",
            "FAILED",
            "GAP",
            "LOST",
            .. waits ? ["CONFIRMED LOST"] : Array.Empty<string>(),
            .. isDrill ? ["BY OLD PRIMARY"] : Array.Empty<string>(),
            "STALE",
        ];

    private static IEnumerable<Text> Cells(ShardLedger shard, bool waits, bool isDrill)
    {
        yield return Plain($"{shard.Attempted}");
        yield return Plain($"{shard.Acknowledged}");
        if (waits)
        {
            yield return Plain($"{shard.Confirmed}");
        }
        yield return Plain($"{shard.Reads}");
        yield return Bad(shard.Failed + shard.FailedReads);
        yield return Plain(Latencies.Of(shard.LongestGap.Length));
        yield return Bad(shard.Found.Lost);
        if (waits)
        {
            yield return Bad(shard.Found.LostConfirmed);
        }
        if (isDrill)
        {
            yield return Bad(shard.ByOldPrimary);
        }
        yield return shard.Reads == 0 && shard.Found.StaleReads == 0 ? Plain("-") : Bad(shard.Found.StaleReads);
    }

    private static Text Plain(string text) => new(text);

    private static Text Bad(long count) => new($"{count}", count == 0 ? Style.Plain : new Style(Color.Red));
}
