using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Loads;
using Slotwright.Core.Observing;
using Slotwright.Operations.Observing;

namespace Slotwright.Operations.Loads;

/// <summary>Looks for what stands out, shard by shard; of one that can't be asked it says so, and tells of the others.</summary>
public sealed class HotReader(ClusterSession session, LoadQuestion question)
{
    public async Task<HotReport> ReadAsync(Observation seen, CancellationToken ct)
    {
        var asked = await Task.WhenAll(seen.Topology.Shards().Select(s => ReadAsync(seen, s.Primary, ct)));
        ImmutableArray<ShardReading> readings = [.. asked.Select(a => a.Reading).OfType<ShardReading>()];
        return new HotReport(
            seen,
            readings,
            [
                .. asked.Select(a => a.Silent).OfType<Finding>(),
                .. NotCounted(seen, readings),
                .. NotByUse(seen, readings),
            ]
        );
    }

    private async Task<(ShardReading? Reading, Finding? Silent)> ReadAsync(
        Observation seen,
        Node primary,
        CancellationToken ct
    )
    {
        try
        {
            return (await new LoadReader(session, question).ReadAsync(seen, primary, ct), null);
        }
        catch (OperationFailedException e)
        {
            return (
                null,
                new Finding(
                    "shard-not-read",
                    Verdict.Unknown,
                    primary.Label,
                    ClusterSession.Words(primary.Label, e.Message),
                    $"what slots {primary.Slots} bear is not told here",
                    e.Next ?? "slotwright status shows who answers"
                )
            );
        }
    }

    private static IEnumerable<Finding> NotCounted(Observation seen, ImmutableArray<ShardReading> readings)
    {
        ImmutableArray<Node> off = [.. readings.Where(r => r.Rates is null).Select(r => r.Primary)];
        return off.IsEmpty
            ? []
            : [SlotStatsSwitch.Off(seen, off, SlotStatsSwitch.TurnOn) with { Verdict = Verdict.Warning }];
    }

    private static IEnumerable<Finding> NotByUse(Observation seen, ImmutableArray<ShardReading> readings)
    {
        ImmutableArray<Node> without = [.. readings.Select(r => r.Primary).Where(p => !LfuPolicy.IsOf(seen, p))];
        if (without.IsEmpty)
        {
            yield break;
        }
        var policies = without
            .Select(n => seen.ReportOf(n.Id)?.Server.EvictionPolicy ?? "not known")
            .Distinct(StringComparer.Ordinal);
        yield return new Finding(
            "use-not-counted",
            Verdict.Warning,
            string.Join(", ", without.Select(n => n.Label)),
            $"which keys are used most is not told: maxmemory-policy is {string.Join(", ", policies)}",
            "servers count it only under allkeys-lfu and volatile-lfu",
            "where one of these will do, and nothing else is to be evicted for it: "
                + "slotwright exec --on all -- CONFIG SET maxmemory-policy allkeys-lfu"
        );
    }
}
