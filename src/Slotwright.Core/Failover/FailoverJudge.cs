using System.Collections.Immutable;

namespace Slotwright.Core.Failover;

/// <summary>
/// From what the agent of a replica knows to what it does about its shard. The vote prevents two elections; it does not
/// stop an old primary that still lives, and it does not look at who has more. This does.
/// </summary>
public static class FailoverJudge
{
    /// <summary>The second-ranked replica acts after that long without a winner, the third after twice as long.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>A promise to take no writes has to hold for that long: the clocks of two machines differ in speed, and a server may be slow to obey.</summary>
    public static readonly TimeSpan PromiseMargin = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Older evidence is not acted on: by then another may have taken over, and FORCE would go against that one. Less than
    /// a turn.
    /// </summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(350);

    /// <summary>
    /// Two elections at the same moment can take each other's votes; those that begin again at different times after it
    /// do not do so twice.
    /// </summary>
    private static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(400);

    public static FailoverDecision Decide(FailoverEvidence evidence)
    {
        var shard = evidence.Shard;
        if (!evidence.Options.Enabled)
        {
            return new FailoverDecision.Nothing("agent.failover is off");
        }
        if (shard.Winner is { } winner)
        {
            return new FailoverDecision.Nothing(
                winner == shard.Self ? "it has taken over" : $"{winner.Short} has taken over"
            );
        }
        if (!shard.Replicas.Contains(shard.Self))
        {
            return new FailoverDecision.Nothing($"it is no replica of {shard.Primary.Short}");
        }
        if (evidence.Operations.FirstOrDefault(o => o.TakingDown.Contains(shard.Primary)) is { } operation)
        {
            return new FailoverDecision.Nothing($"an operation, {operation.Operation}, is taking it down");
        }
        return OfCondition(evidence) ?? OfReplicas(evidence);
    }

    /// <summary>How long after a FORCE without a winner the next is sent: 0.6 to 1 s.</summary>
    public static TimeSpan Again(LostShard shard) => Turn - Spread + (Spread * shard.Turn);

    private static FailoverDecision? OfCondition(FailoverEvidence evidence) =>
        evidence.Condition switch
        {
            MemberCondition.Dead when evidence.Knock == PortAnswer.Accepted => new FailoverDecision.Nothing(
                "it is said to be dead, and somebody listens at its port"
            ),
            MemberCondition.Dead => null,
            MemberCondition.Unreachable when !evidence.Options.Unreachable => new FailoverDecision.Nothing(
                "it is unreachable: Valkey decides, since agent.unreachableFailover is off"
            ),
            MemberCondition.Unreachable => evidence.SincePromiseHolds switch
            {
                null => new FailoverDecision.Nothing("it is unreachable and has promised nothing: Valkey decides"),
                { } since when since < PromiseMargin => new FailoverDecision.Watch(
                    "it is unreachable, and may take writes still"
                ),
                _ => null,
            },
            MemberCondition.Hung => new FailoverDecision.Nothing(
                "its process is there and does not answer: never replaced for that"
            ),
            MemberCondition.Starting => new FailoverDecision.Nothing("it is being started"),
            MemberCondition.Running => new FailoverDecision.Nothing("it is there"),
            _ => new FailoverDecision.Watch("nobody can say how it is"),
        };

    private static FailoverDecision OfReplicas(FailoverEvidence evidence)
    {
        var shard = evidence.Shard;
        if (evidence.Readings is not { } readings)
        {
            return new FailoverDecision.Compare($"{shard.Primary.Short} is {Words(evidence.Condition)}");
        }
        // a link that is cut off looks well for a minute; nothing comes through it from a primary that takes no writes
        if (
            evidence.Condition == MemberCondition.Dead
            && readings.FirstOrDefault(r => r is { IsReplica: true, LinkUp: true }) is { } early
        )
        {
            return new FailoverDecision.Watch($"the link of {early.Id.Short} to it is still up");
        }
        // the agent's own server may hear of it last, and FORCE would go against the new primary
        if (readings.FirstOrDefault(r => !r.IsReplica) is { } promoted)
        {
            return new FailoverDecision.Watch($"{promoted.Id.Short} says that it is a primary");
        }
        var ranking = ReplicaRanking.Of(readings, evidence.Stream, evidence.PrimariesByZone);
        if (ranking.IsEmpty)
        {
            return new FailoverDecision.Watch("no replica that answers has completed a sync of its stream");
        }
        var compared = readings.Count(r => shard.Replicas.Contains(r.Id));
        var (count, wait) = (shard.Replicas.Length, evidence.Options.WaitReplicas);
        if (!evidence.Options.PreferAvailability && !ReplicaRanking.HasConfirmed(compared, count, wait))
        {
            return new FailoverDecision.Watch(
                $"{compared} of {count} replicas answer: what WAIT {wait} has confirmed may be on another; Valkey decides"
            );
        }
        return OfRank(evidence, ranking, compared);
    }

    private static FailoverDecision OfRank(
        FailoverEvidence evidence,
        ImmutableArray<ReplicaReading> ranking,
        int compared
    )
    {
        var (shard, options) = (evidence.Shard, evidence.Options);
        var rank = ReplicaRanking.RankOf(ranking, shard.Self);
        if (rank < 0)
        {
            return new FailoverDecision.Watch("it has not completed a sync of its stream itself");
        }
        var best = ranking[0].Id.Short;
        if (rank > 0 && evidence.Waited < Patience(rank, shard))
        {
            return new FailoverDecision.Watch(
                $"{best} is to take over: {compared} of {shard.Replicas.Length} replicas compared"
            );
        }
        // without those that have more it is as if they had not answered
        var more = ranking.Count(r => r.Offset > ranking[rank].Offset);
        if (
            more > 0
            && !options.PreferAvailability
            && !ReplicaRanking.HasConfirmed(compared - more, shard.Replicas.Length, options.WaitReplicas)
        )
        {
            return new FailoverDecision.Watch(
                $"{best} has more and does not take over: what WAIT {options.WaitReplicas} has confirmed may be there; Valkey decides"
            );
        }
        if (evidence.Age > Fresh)
        {
            return new FailoverDecision.Watch("what it knows is too old");
        }
        return evidence.SinceForce is { } since && since < Again(shard)
            ? new FailoverDecision.Watch("it waits for votes")
            : new FailoverDecision.Force(
                $"{shard.Primary.Short} is {Words(evidence.Condition)}; of {compared} of {shard.Replicas.Length} replicas "
                    + $"{(rank == 0 ? "the best is its own" : $"{rank} did not take over, and its own is next")}, at offset {ranking[rank].Offset}",
                evidence.SinceForce is not null
            );
    }

    private static TimeSpan Patience(int rank, LostShard shard) => (Turn * rank) + (Spread * shard.Turn);

    private static string Words(MemberCondition condition) =>
        condition == MemberCondition.Dead ? "dead" : "cut off, and takes no writes any more";
}
