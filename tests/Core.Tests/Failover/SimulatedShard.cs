using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;

namespace Slotwright.Core.Tests.Failover;

/// <summary>
/// A shard of a primary and two replicas, an agent beside each, in steps of 10 ms. Messages take their time, agents may be
/// missing or freeze in any moment, between a look and a deed too, and replicas may not answer. Elections always have
/// their votes: whoever sends FORCE wins, unless two do so in the same step.
/// </summary>
internal sealed class SimulatedShard
{
    private const int Step = 10;
    private const int Patience = 300;

    /// <summary>Two that ask for votes at once are none against the other.</summary>
    private const int SameMoment = 50;

    private static readonly NodeId[] Replicas = [Death.A, Death.B];

    private readonly Random _random;
    private readonly Observer[] _observers;
    private readonly FailoverOptions _options;
    private readonly Func<FailoverEvidence, FailoverDecision> _judge;
    private readonly bool _looksAgain;
    private int _now;

    /// <param name="looksAgain">An agent asks its own server once more before it sends FORCE.</param>
    public SimulatedShard(
        int seed,
        FailoverOptions options,
        Func<FailoverEvidence, FailoverDecision>? judge = null,
        bool looksAgain = true
    )
    {
        _looksAgain = looksAgain;
        (_random, _options, _judge) = (new Random(seed), options, judge ?? FailoverJudge.Decide);
        IsDead = _random.Next(4) > 0;
        OwnAgentIsFrozenFrom = _random.Next(3) == 0 ? _random.Next(3000) : int.MaxValue;
        _observers = [.. Replicas.Select(Observe)];
    }

    /// <summary>Else it is stopped, and goes on after a second.</summary>
    public bool IsDead { get; }

    /// <summary>The dead server's agent says nothing from then on.</summary>
    private int OwnAgentIsFrozenFrom { get; }

    public bool IsWell =>
        _observers.All(o => o is { IsMissing: false, FrozenFrom: int.MaxValue, Answers: true })
        && OwnAgentIsFrozenFrom == int.MaxValue;

    public NodeId? Winner { get; private set; }

    /// <summary>ms after the death.</summary>
    public int WonAt { get; private set; }

    /// <summary>FORCE that went against a server that was there: the old primary or the new one.</summary>
    public int Harm { get; private set; }

    /// <summary>What WAIT 1 had confirmed somewhere and the winner does not have.</summary>
    public bool HasLost => Winner is { } winner && OffsetOf(winner) < _observers.Max(o => o.Offset);

    public void Run()
    {
        for (; _now < 8000; _now += Step)
        {
            var forced = _observers.Where(Acts).ToArray();
            foreach (var one in forced)
            {
                Harm += !IsDead || (Winner is not null && _now > WonAt + SameMoment) ? 1 : 0;
            }
            if (forced is [var only] && IsDead && Winner is null)
            {
                (Winner, WonAt) = (only.Id, _now);
            }
        }
    }

    private long OffsetOf(NodeId id) => _observers.Single(o => o.Id == id).Offset;

    private Observer Observe(NodeId id) =>
        new(id)
        {
            Offset = _random.Next(3) * 100 + 100,
            IsMissing = _random.Next(6) == 0,
            FrozenFrom = _random.Next(4) == 0 ? _random.Next(100) : int.MaxValue,
            FrozenFor = _random.Next(5000),
            Answers = _random.Next(6) > 0,
            HeardAt = Delay(),
            LinkDownAt = Delay(),
            NewsTakes = Delay(),
            NextAt = 0,
        };

    private int Delay() => _random.Next(10) == 0 ? _random.Next(600) : _random.Next(4) * Step;

    /// <returns>Whether it sends FORCE now.</returns>
    private bool Acts(Observer observer)
    {
        if (
            observer.IsMissing
            || observer.IsFrozen(_now)
            || _now < observer.HeardAt
            || OwnAgentIsFrozenFrom < observer.HeardAt
        )
        {
            return false;
        }
        if (observer.Looked is { } looked)
        {
            if (_now < observer.NextAt)
            {
                return false;
            }
            // what it has seen is of then; the time that it took is of now
            var decision = _judge(looked with { Age = TimeSpan.FromMilliseconds(_now - observer.LookedAt) });
            (observer.Looked, observer.NextAt) = (null, _now + (_random.Next(1, 10) * Step));
            // its own server is asked once more
            if (decision is FailoverDecision.Force && (!_looksAgain || Winner is null || !HasHeard(observer)))
            {
                observer.ForcedAt = _now;
                return true;
            }
            return false;
        }
        if (_now >= observer.NextAt)
        {
            (observer.Looked, observer.LookedAt, observer.NextAt) = (Look(observer), _now, _now + Delay());
        }
        return false;
    }

    private FailoverEvidence Look(Observer observer) =>
        new(
            new LostShard(
                observer.Id,
                Death.P,
                [.. Replicas],
                HasHeard(observer) ? Winner : null,
                Turn: observer.Id == Death.A ? 0 : 0.5
            ),
            OwnAgentIsFrozenFrom <= _now ? MemberCondition.Unknown
                : IsDead ? MemberCondition.Dead
                : MemberCondition.Hung,
            _options
        )
        {
            Knock = IsDead ? PortAnswer.Refused : PortAnswer.Accepted,
            Stream = Death.Stream,
            Readings = [.. _observers.Where(o => o == observer || (o.Answers && Delay() < Patience)).Select(Read)],
            Waited = TimeSpan.FromMilliseconds(_now - observer.HeardAt),
            SinceForce = observer.ForcedAt is { } at ? TimeSpan.FromMilliseconds(_now - at) : null,
        };

    /// <summary>Its own server has heard of the new primary: by gossip, which takes its time.</summary>
    private bool HasHeard(Observer observer) => observer.Id == Winner || _now > WonAt + observer.NewsTakes;

    private ReplicaReading Read(Observer observer) =>
        Death.Reading(observer.Id, observer.Offset) with
        {
            IsReplica = observer.Id != Winner,
            LinkUp = !IsDead || _now < observer.LinkDownAt,
        };

    private sealed class Observer(NodeId id)
    {
        public NodeId Id { get; } = id;

        public long Offset { get; init; }

        public bool IsMissing { get; init; }

        public int FrozenFrom { get; init; }

        public int FrozenFor { get; init; }

        /// <summary>Its server answers the other's agent.</summary>
        public bool Answers { get; init; }

        public int HeardAt { get; init; }

        public int LinkDownAt { get; init; }

        public int NewsTakes { get; init; }

        public int NextAt { get; set; }

        public FailoverEvidence? Looked { get; set; }

        public int LookedAt { get; set; }

        public int? ForcedAt { get; set; }

        public bool IsFrozen(int now) => now >= FrozenFrom && now - FrozenFrom < FrozenFor;
    }
}
