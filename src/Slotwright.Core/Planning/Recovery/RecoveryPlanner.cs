using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Failover;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>
/// One way taken for all shards that it is open to, or for one. Shards follow each other, since each that is served
/// again has a vote for the next: as soon as there is a majority, replicas are elected and take nothing by themselves.
/// </summary>
public static class RecoveryPlanner
{
    public const string Operation = "recover";

    /// <exception cref="BadInputException">It names no shard, or somebody who is none of the shard's.</exception>
    /// <exception cref="RefusedException">The way is open to none, or what it loses was not accepted.</exception>
    public static Plan Plan(RecoveryReport report, Topology topology, RecoveryFacts facts, RecoveryWish wish)
    {
        var chosen = Chosen(report, topology, wish);
        if (chosen.IsEmpty || wish.Way is not { } way)
        {
            return new Plan(Operation, [], []);
        }
        var stages = ImmutableArray.CreateBuilder<Stage>();
        var now = topology;
        foreach (var (problem, choice) in chosen)
        {
            foreach (var stage in Stages(problem, choice, now, facts, wish))
            {
                stages.Add(stage);
                now = stage.Steps.Aggregate(now, (t, step) => step.ApplyTo(t));
            }
        }
        var plan = new Plan(
            Operation,
            stages.ToImmutable(),
            [.. chosen.Select(c => Loss(way, c.Problem, c.Choice)).OfType<Finding>()]
        )
        {
            OthersMayChange = true,
        };
        // the way back needs a majority that would elect
        return now.HasQuorum() ? WayBack.Told(plan, topology) : plan with { RestoredBy = WayBack.Command };
    }

    /// <summary>The report on what is wished to be looked at.</summary>
    /// <exception cref="BadInputException">It names no shard.</exception>
    public static RecoveryReport Of(RecoveryReport report, Topology topology, RecoveryWish wish) =>
        report with
        {
            Problems = Named(report, topology, wish),
        };

    private static ImmutableArray<(RecoveryProblem Problem, RecoveryChoice Choice)> Chosen(
        RecoveryReport report,
        Topology topology,
        RecoveryWish wish
    )
    {
        var named = Named(report, topology, wish);
        var open = named
            .Select(p => (Problem: p, Choice: wish.Way is { } way ? p.Find(way) : null))
            .Where(p => p.Choice is not null)
            .Select(p => (p.Problem, Choice: p.Choice!))
            .ToImmutableArray();
        if (open.IsEmpty && !named.IsEmpty && wish.Way is { } closed)
        {
            throw Refused(
                "way-closed",
                "recover",
                $"{closed.Word()} is no way out here",
                "what can be done depends on who answers, and what they have",
                "slotwright recover shows the ways"
            );
        }
        return wish.AcceptsLoss || wish.Way is null ? open : DemandNoLoss(open);
    }

    private static ImmutableArray<RecoveryProblem> Named(RecoveryReport report, Topology topology, RecoveryWish wish)
    {
        if ((wish.Shard ?? wish.To) is not { } word)
        {
            return report.Problems;
        }
        if (word.StartsWith("slot:", StringComparison.Ordinal) && Uncovered(report, word) is { } nobody)
        {
            return [nobody];
        }
        var shard = ShardSelector.Select(word, topology, wish.Shard is null ? "--to" : "--shard");
        return report.Problems.RemoveAll(p => p.Owner != shard.Primary.Id);
    }

    /// <summary>A slot that nobody owns belongs to no shard.</summary>
    private static RecoveryProblem? Uncovered(RecoveryReport report, string word) =>
        int.TryParse(word["slot:".Length..], out var slot)
            ? report.Problems.FirstOrDefault(p => p.Owner is null && p.Slots.Contains(slot))
            : null;

    private static ImmutableArray<(RecoveryProblem Problem, RecoveryChoice Choice)> DemandNoLoss(
        ImmutableArray<(RecoveryProblem Problem, RecoveryChoice Choice)> open
    )
    {
        Finding[] losses =
        [
            .. open.Where(o => o.Choice.Loses is not null)
                .Select(o => new Finding(
                    "loss-not-accepted",
                    Verdict.Failed,
                    $"slots {o.Problem.Slots}",
                    $"{o.Choice.What}; lost: {o.Choice.Loses}",
                    "what is lost by it does not come back",
                    o.Problem.Find(RecoveryWay.BringBack) is { } back
                        ? $"{back.What}, which loses nothing; or add --accept-loss"
                        : "add --accept-loss where that may be"
                )),
        ];
        return losses.Length == 0 ? open : throw new RefusedException(Operation, losses);
    }

    private static IEnumerable<Stage> Stages(
        RecoveryProblem problem,
        RecoveryChoice choice,
        Topology now,
        RecoveryFacts facts,
        RecoveryWish wish
    ) =>
        choice.Way switch
        {
            RecoveryWay.TakeOver => TakeOver(problem, now, facts, wish),
            RecoveryWay.OwnData =>
            [
                LetStart(now.Find(problem.Owner!.Value)!, "its missing replicas are not waited for"),
            ],
            _ => Refill(problem, now),
        };

    private static IEnumerable<Stage> TakeOver(
        RecoveryProblem problem,
        Topology now,
        RecoveryFacts facts,
        RecoveryWish wish
    )
    {
        var shard = now.Shards().Single(s => s.Primary.Id == problem.Owner);
        var taker = Taker(shard, now, wish);
        var kind = now.HasQuorum() ? HandOverKind.Force : HandOverKind.Takeover;
        yield return new Stage(
            $"Give {shard.Primary.Label}'s shard another primary",
            [
                new HandOver(taker.Member!, taker.Id, shard.Primary.Label, shard.Primary.Id, kind)
                {
                    Reason =
                        wish.To is not null ? "it was named"
                        : Successor.Fit(shard).Length == 1 ? "nobody else who answers has the data"
                        : "of those that answer it has received most",
                },
            ]
        );
        if (shard.Primary.IsHeldBack && facts.HasHost)
        {
            yield return LetStart(shard.Primary, $"it follows {taker.Label} now");
        }
    }

    private static Node Taker(Shard shard, Topology topology, RecoveryWish wish)
    {
        if (wish.To is not { } name)
        {
            return Successor.Best(shard, topology)
                ?? throw Refused(
                    "taker-unknown",
                    shard.Primary.Label,
                    $"{string.Join(" and ", Successor.Fit(shard).Select(r => r.Label))} followed different streams, or have been restarted since",
                    "nobody can tell which of them has more",
                    "name one with --to: slotwright recover shows what each of them has"
                );
        }
        var named =
            shard.Replicas.FirstOrDefault(r => r.Member == name)
            ?? throw new BadInputException(
                new Problem(
                    "--to",
                    $"{name} is no replica of {shard.Primary.Label}",
                    $"its replicas are {string.Join(", ", shard.Replicas.Select(r => r.Label))}"
                )
            );
        return Successor.WhyNot(named, shard.Primary) is { } reason
            ? throw Refused(
                "no-taker",
                shard.Primary.Label,
                $"nobody can take over from it: {reason}",
                "a replica that takes over without the data loses the shard",
                "slotwright recover shows who can"
            )
            : named;
    }

    private static Stage LetStart(Node held, string reason) =>
        new($"Let {held.Label} start", [new LetStart(held.Member!, held.Id) { Reason = reason }]);

    private static IEnumerable<Stage> Refill(RecoveryProblem problem, Topology now)
    {
        var taker =
            FromNothing.Taker(now)
            ?? throw Refused(
                "no-member",
                $"slots {problem.Slots}",
                "no member answers that could take them",
                "slots belong to primaries",
                "start an empty member first"
            );
        if (!taker.Joined && Hub(now, taker) is { } hub)
        {
            yield return new Stage(
                $"Have {taker.Label} join",
                [
                    new Meet(taker.Member!, taker.Id, hub.Member!, hub.Id)
                    {
                        Reason = "it is empty, and the cluster does not know it yet",
                    },
                ]
            );
        }
        Step step = problem.Owner is { } owner
            ? new AssignLostSlots(taker.Member!, taker.Id, problem.Slots, now.Find(owner)!.Label, owner)
            {
                Reason = "nobody has their data any more",
            }
            : new AssignSlots(taker.Member!, taker.Id, problem.Slots) { Reason = "nobody owns them" };
        yield return new Stage($"Give slots {problem.Slots} an owner", [step]);
    }

    private static Node? Hub(Topology now, Node taker) =>
        now
            .Nodes.Where(n => n.Id != taker.Id && n is { Reachable: true, Joined: true, Member: not null })
            .OrderByDescending(n => n.IsPrimary && !n.Slots.IsEmpty)
            .ThenBy(n => n.Id)
            .FirstOrDefault();

    private static Finding? Loss(RecoveryWay way, RecoveryProblem problem, RecoveryChoice choice) =>
        choice.Loses is { } loses
            ? new Finding(
                $"loses-{way.Word()}",
                Verdict.Warning,
                $"slots {problem.Slots}",
                $"lost: {loses}",
                choice.What,
                ""
            )
            : null;

    private static RefusedException Refused(string code, string subject, string what, string why, string remedy) =>
        new(Operation, new Finding(code, Verdict.Failed, subject, what, why, remedy));
}
