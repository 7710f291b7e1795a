using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Pods;

namespace Slotwright.Core.Planning.Failover;

/// <summary>
/// Another primary for one shard. While the primary lives, it hands over; where it is gone, the replica that has
/// received most is elected without it. Whether it is gone is for the cluster or its host to say, not for one who can't
/// reach it.
/// </summary>
public static class FailoverPlanner
{
    private const string Operation = "failover";
    private const string Argument = "SHARD";

    /// <exception cref="BadInputException">It names no shard, a replica, or somebody who is none of the shard's.</exception>
    /// <exception cref="RefusedException">Nobody can take over without a loss.</exception>
    public static Plan Plan(Topology topology, FailoverWish wish)
    {
        var shard = ShardSelector.Select(wish.Word, topology, Argument);
        var to = wish.To is { } name ? Named(name, topology) : null;
        if (to == shard.Primary.Member && to is not null)
        {
            return new Plan(Operation, [], []);
        }
        DemandNoReplica(wish, shard, topology);
        var step = Step(topology, shard, to, wish.MayTakeOver);
        var plan = new Plan(
            Operation,
            [new Stage($"Hand {shard.Primary.Label}'s shard over", [step])],
            [.. Risks(step, shard, topology)]
        );
        return WayBack.Told(plan, topology);
    }

    private static string Named(string word, Topology topology)
    {
        var members = MemberSelector.Select(word, topology, "--to");
        return members is [var only]
            ? only.Name
            : throw Bad("--to", $"'{word}' names {members.Length} members", "name the one that is to take over");
    }

    /// <summary>Who names a replica means it, or its primary: nobody can tell.</summary>
    private static void DemandNoReplica(FailoverWish wish, Shard shard, Topology topology)
    {
        var isShard = MemberSelector.NeedsNodes(wish.Word, topology.Members.Values);
        var named = isShard ? null : MemberSelector.Select(wish.Word, topology, Argument)[0].Name;
        if (named is not null && named != shard.Primary.Member)
        {
            throw Bad(
                Argument,
                $"{named} is a replica of {shard.Primary.Label}",
                $"to have it take over: slotwright failover {shard.Primary.Label} --to {named}"
            );
        }
    }

    private static HandOver Step(Topology topology, Shard shard, string? to, bool mayTakeOver)
    {
        var primary = shard.Primary;
        if (primary.Reachable)
        {
            Takers.DemandMajority(Operation, topology);
            var chosen = Chosen(shard, to, r => Takers.WhyNot(r, topology), topology, Best);
            return HandOverStages.Planned(chosen, primary, Why(shard, to));
        }
        if (!HandOverRules.IsGone(primary, topology))
        {
            throw Refused(
                "primary-silent",
                primary.Label,
                "it does not answer, and the other nodes have not given it up",
                "a primary that only can't be reached from here goes on to acknowledge writes, which would be lost",
                "see what it does; once the others hold it for failed (cluster-node-timeout), run the same command again"
            );
        }
        var taker = Chosen(shard, to, WhyNotForced, topology, Foremost);
        var kind =
            topology.HasQuorum() ? HandOverKind.Force
            : mayTakeOver ? HandOverKind.Takeover
            : throw Refused(
                "no-majority",
                primary.Label,
                "it is gone, and no majority of primaries is left to elect another",
                TakeoverRisk,
                $"bring primaries back; or have {taker.Label} take its slots without a vote: add --takeover; slotwright recover shows all shards and what each way loses"
            );
        return new HandOver(taker.Member!, taker.Id, primary.Label, primary.Id, kind)
        {
            Reason = to is null ? "it has received most of what the primary wrote" : "it was named",
        };
    }

    private static string Why(Shard shard, string? to) =>
        to is not null ? "it was named"
        : shard.Replicas.Length == 1 ? "its one replica"
        : "the best of its replicas in sync";

    private static Node Chosen(
        Shard shard,
        string? to,
        Func<Node, string?> whyNot,
        Topology topology,
        Func<Shard, ImmutableArray<Node>, Topology, Node> best
    )
    {
        if (to is not null)
        {
            var named =
                shard.Replicas.FirstOrDefault(r => r.Member == to)
                ?? throw Bad(
                    "--to",
                    $"{to} is no replica of {shard.Primary.Label}",
                    shard.Replicas.IsEmpty
                        ? "it has none"
                        : $"its replicas are {string.Join(", ", shard.Replicas.Select(r => r.Label))}"
                );
            return whyNot(named) is { } reason ? throw NoTaker(shard, reason) : named;
        }
        var fit = shard.Replicas.RemoveAll(r => whyNot(r) is not null);
        return !fit.IsEmpty
            ? best(shard, fit, topology)
            : throw NoTaker(
                shard,
                shard.Replicas.IsEmpty
                    ? "it has no replica"
                    : string.Join(", ", shard.Replicas.Select(whyNot).OfType<string>())
            );
    }

    /// <summary>As a pod that is about to end chooses.</summary>
    private static Node Best(Shard shard, ImmutableArray<Node> fit, Topology topology) =>
        topology.Find(
            HandOverChoice
                .Best(
                    [.. fit.Select(r => new HandOverCandidate(r.Id, Takers.Zone(topology, r), LinkUp: true, r.Offset))],
                    [
                        .. topology
                            .Shards()
                            .Where(s => s.Primary.Id != shard.Primary.Id)
                            .Select(s => Takers.Zone(topology, s.Primary)),
                    ],
                    ZoneLayout.Of(topology).Zones.Length
                )!
                .Id
        )!;

    /// <summary>As agents choose.</summary>
    private static Node Foremost(Shard shard, ImmutableArray<Node> fit, Topology topology) =>
        ReplicaRanking.Of(
            [.. fit.Select(r => Reading(r, topology))],
            stream: "",
            ZoneLayout.Of(topology).PrimariesByZone.ToImmutableDictionary(StringComparer.Ordinal)
        )
            is [var first, ..]
            ? topology.Find(first.Id)!
            : throw NoTaker(
                shard,
                $"{string.Join(" and ", fit.Select(r => r.Label))} followed different streams, so that nobody can tell which has more; --to names one"
            );

    private static ReplicaReading Reading(Node replica, Topology topology) =>
        new(replica.Id, IsReplica: true, LinkUp: false, replica.Offset, replica.Stream is { Length: > 0 } s ? s : "?")
        {
            Zone = Takers.Zone(topology, replica),
        };

    private static string? WhyNotForced(Node replica) =>
        !replica.Reachable ? $"{replica.Label} does not answer"
        : HandOverRules.HasCompletedSync(replica) ? null
        : $"{replica.Label} has never completed a sync";

    private const string TakeoverRisk =
        "without a vote nobody keeps another from taking the same slots, or the old primary from keeping them where "
        + "clients still reach it: of two that did, one loses all that it acknowledged";

    private static IEnumerable<Finding> Risks(HandOver step, Shard shard, Topology topology)
    {
        if (step.Kind == HandOverKind.Planned)
        {
            yield break;
        }
        var silent = shard.Replicas.Where(r => !r.Reachable).Select(r => r.Label).ToArray();
        yield return Warn(
            "writes-not-received",
            step.FromMember,
            silent.Length == 0
                ? $"what it acknowledged and {step.Member} had not received is lost"
                : $"what it acknowledged and {step.Member} had not received is lost; {string.Join(", ", silent)} did not answer, and may have more",
            "replication does not wait: the last moments before it went may have reached nobody",
            silent.Length == 0 ? "" : $"bring back {string.Join(", ", silent)} first where that can be done"
        );
        if (topology.Members.TryGetValue(step.FromMember, out var member) && member.Phase != MemberPhase.Stopped)
        {
            yield return Warn(
                "primary-may-wake",
                step.FromMember,
                "nobody says that its process has ended",
                "one that wakes up acknowledges what lay in its sockets before it hears of its successor",
                "end its process first where that can be done"
            );
        }
        if (step.Kind == HandOverKind.Takeover)
        {
            yield return Warn("takeover", step.Member, "it takes the slots without a vote", TakeoverRisk, "");
        }
    }

    private static Finding Warn(string code, string subject, string what, string why, string remedy) =>
        new(code, Verdict.Warning, subject, what, why, remedy);

    private static RefusedException NoTaker(Shard shard, string reason) =>
        Refused(
            "no-taker",
            shard.Primary.Label,
            $"nobody can take over from it: {reason}",
            "a replica that takes over without the data loses the shard",
            "bring a replica into sync, and run the same command again"
        );

    private static RefusedException Refused(string code, string subject, string what, string why, string remedy) =>
        new(Operation, new Finding(code, Verdict.Failed, subject, what, why, remedy));

    private static BadInputException Bad(string where, string what, string remedy) =>
        new(new Problem(where, what, remedy));
}
