using System.Globalization;
using Slotwright.Core.Drills;
using Slotwright.Core.Health;
using Slotwright.Operations.Drills;

namespace Slotwright.Output;

/// <summary>Sentences that the text of a drill and its page share.</summary>
internal static class DrillWords
{
    public static string Line(DrillEvent e) =>
        string.Create(CultureInfo.InvariantCulture, $"{e.At.TotalSeconds, 6:0.00}s  {Told(e)}");

    public static string Told(DrillEvent e) => e.Member is { } member ? $"{member}: {e.What}" : e.What;

    public static string Confirmed(DrillReport report)
    {
        var ledger = report.Load.Ledger;
        return ledger.WaitReplicas == 0
            ? "no shard has a replica: no write could be confirmed"
            : $"{ledger.Confirmed} of {ledger.Acknowledged} acknowledged writes were confirmed by a replica (WAIT {ledger.WaitReplicas}); {ledger.Found.LostConfirmed} of them are lost";
    }

    public static string Verified(DrillReport report)
    {
        var (checks, word) = (report.Facts.After, report.RecoveredAfter);
        return word is { } after ? $"accepts the cluster, {Latencies.Of(after)} after the end of the load"
            : checks.IsEmpty ? "was not asked"
            : $"does not accept the cluster: {checks.Count(c => c.Verdict >= Verdict.Failed)} checks failed";
    }
}
