using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Loads;
using Slotwright.Core.Observing;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Commands;

namespace Slotwright.Operations.Loads;

/// <summary>Asks primaries what their slots bear: what lies in them, and what is done to them. Nothing is changed.</summary>
public sealed class LoadReader(ClusterSession session, LoadQuestion question)
{
    /// <summary>All at the same time, in the order of their slots.</summary>
    /// <exception cref="OperationFailedException">One does not answer, or refuses.</exception>
    public async Task<ImmutableArray<ShardReading>> ReadAsync(Observation observation, CancellationToken ct) =>
        [.. await Task.WhenAll(observation.Topology.Shards().Select(s => ReadAsync(observation, s.Primary, ct)))];

    /// <inheritdoc cref="ReadAsync(Observation, CancellationToken)"/>
    public async Task<ShardReading> ReadAsync(Observation observation, Node primary, CancellationToken ct)
    {
        if (primary.Member is null || !observation.Topology.Members.TryGetValue(primary.Member, out var member))
        {
            throw new OperationFailedException(
                "it can't be asked what its slots bear: it is no member of the target",
                member: primary.Label,
                next: "slotwright status shows which nodes there are"
            );
        }
        var first = await StatsAsync();
        var (stats, rates, elapsed) =
            question.Between is { } between && first.Stats.Any(s => s.Work is not null)
                ? await RatesAsync(first, between)
                : (first.Stats, default(ImmutableArray<SlotRate>?), TimeSpan.Zero);
        // after the looks: questions about keys are counted as well
        var sample =
            question.SampleKeys > 0
                ? await new KeySampler(session, member, question.Top, LfuPolicy.IsOf(observation, primary)).SampleAsync(
                    stats,
                    question.SampleKeys,
                    ct
                )
                : KeySample.None;
        return new ShardReading(primary, stats, rates, elapsed, sample);

        async Task<(ImmutableArray<SlotStat> Stats, long At)> StatsAsync()
        {
            var read = await session.AskAsync(member, (node, inner) => node.SlotStatsAsync(primary.Slots, inner), ct);
            return (read, session.Time.GetTimestamp());
        }

        async Task<(ImmutableArray<SlotStat>, ImmutableArray<SlotRate>?, TimeSpan)> RatesAsync(
            (ImmutableArray<SlotStat> Stats, long At) before,
            TimeSpan between
        )
        {
            await Task.Delay(between, session.Time, ct);
            var after = await StatsAsync();
            var took = session.Time.GetElapsedTime(before.At, after.At);
            return (after.Stats, SlotRates.Between(before.Stats, after.Stats, took), took);
        }
    }
}
