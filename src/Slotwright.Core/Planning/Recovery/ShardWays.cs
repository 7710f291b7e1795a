using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Fencing;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Planning.Recovery;

/// <summary>The ways out for one shard whose primary does not serve it, by what is wrong with that one.</summary>
internal sealed class ShardWays(Shard shard, Observation seen, RecoveryFacts facts)
{
    private readonly Node _primary = shard.Primary;
    private readonly ImmutableArray<Node> _fit = Successor.Fit(shard);
    private readonly bool _hasMajority = seen.Topology.HasQuorum();

    private string[] SilentReplicas => [.. shard.Replicas.Where(r => !r.Reachable).Select(r => r.Label)];

    /// <summary>Others hold it for failed, and it answers.</summary>
    public (string, string, ImmutableArray<RecoveryChoice>) Answering() =>
        (
            "primary-apart",
            $"their owner {_primary.Label} answers, and the others hold it for failed",
            [
                new RecoveryChoice(
                    RecoveryWay.Wait,
                    "it has just come back, or the network between them is cut: mend that; they find each other by themselves",
                    Loses: null
                ),
            ]
        );

    /// <summary>It does not say what it sees, and is there.</summary>
    public (string, string, ImmutableArray<RecoveryChoice>) Alive() =>
        (
            "primary-busy",
            $"their owner {_primary.Label} is there, and gives no answer: {seen.ViewOf(_primary.Member!)!.Unreachable}",
            [new RecoveryChoice(RecoveryWay.Wait, "what it is at ends first; slotwright verify says more", Loses: null)]
        );

    public (string, string, ImmutableArray<RecoveryChoice>) Silent() =>
        (
            "primary-silent",
            $"their owner {_primary.Label} does not answer here, and others have not given it up",
            [
                new RecoveryChoice(
                    RecoveryWay.Wait,
                    "either it answers again, or the others suspect it too within cluster-node-timeout: look again then",
                    Loses: null
                ),
            ]
        );

    public (string, string, ImmutableArray<RecoveryChoice>) Gone()
    {
        var what = $"their owner {_primary.Label} is gone";
        return _hasMajority && _fit.Any(HandOverRules.HasCompletedSync)
            ? ("primary-gone", what, [BringBack(_primary.Label), Failover()])
            : (
                "primary-gone",
                _hasMajority
                    ? $"{what}, and its replicas were restarted since: none is elected by itself"
                    : $"{what}, and no majority of primaries is left that could elect another",
                [BringBack(_primary.Label), TakeOver()]
            );
    }

    public (string, string, ImmutableArray<RecoveryChoice>) Lost()
    {
        var all = string.Join(", ", shard.Nodes.Where(n => !n.Reachable).Select(n => n.Label));
        var loading = shard.Replicas.Where(r => RecoverySights.IsAliveUnsaid(r, seen)).Select(r => r.Label).ToArray();
        return loading.Length > 0
            ? (
                "primary-gone",
                $"their owner {_primary.Label} is gone; {string.Join(", ", loading)} is there, and gives no answer yet",
                [new RecoveryChoice(RecoveryWay.Wait, "what it is at ends first; look again then", Loses: null)]
            )
            : (
                "shard-lost",
                $"nobody who answers has their data: {all} {(all.Contains(',', StringComparison.Ordinal) ? "are" : "is")} gone",
                [BringBack(all), FromNothing.Choice(shard.Slots, seen.Topology, $"{all}{LeftOnDisks()}")]
            );
    }

    public (string, string, ImmutableArray<RecoveryChoice>) HeldBack()
    {
        var silent = SilentReplicas;
        var choices = ImmutableArray.CreateBuilder<RecoveryChoice>();
        if (silent.Length > 0)
        {
            choices.Add(BringBack(string.Join(", ", silent)));
        }
        else if (_hasMajority)
        {
            choices.Add(
                new RecoveryChoice(RecoveryWay.Wait, "all its replicas answer: it is decided by itself", Loses: null)
                {
                    Command = facts.HasHost ? "slotwright up" : null,
                }
            );
        }
        if (_fit.Length > 0 && (silent.Length > 0 || !_hasMajority))
        {
            choices.Add(TakeOver());
        }
        if (silent.Length > 0)
        {
            choices.Add(
                new RecoveryChoice(
                    RecoveryWay.OwnData,
                    $"{_primary.Label} starts with what it has{Disk(_primary, " (", ")")}",
                    $"what {string.Join(", ", silent)} had more than {_primary.Label}: set back to what it has when they return"
                )
                {
                    Member = _primary.Member,
                }
            );
        }
        return (
            "member-held-back",
            $"their owner {_primary.Label} is held back: its replicas may have more"
                + (
                    silent.Length == 0
                        ? ""
                        : $", and {string.Join(", ", silent)} {(silent.Length == 1 ? "does" : "do")} not answer"
                ),
            choices.ToImmutable()
        );
    }

    private RecoveryChoice BringBack(string who) =>
        new(
            RecoveryWay.BringBack,
            facts.HasHost ? $"start {who}{DiskOf(who)}" : $"start {who} with the disk that it had",
            LossOfReturn()
        )
        {
            Command = facts.HasHost ? "slotwright up" : null,
        };

    private RecoveryChoice Failover() =>
        new(
            RecoveryWay.Failover,
            "a majority can vote: wait for the election, or have it now",
            $"what {_primary.Label} acknowledged and its replica had not received"
        )
        {
            Command = $"slotwright failover slot:{shard.Slots.Ranges[0].First}",
        };

    private RecoveryChoice TakeOver()
    {
        var best = Successor.Best(shard, seen.Topology);
        var how = _hasMajority ? "by the others' vote" : "without a vote while nobody can vote";
        return new RecoveryChoice(
            RecoveryWay.TakeOver,
            best is null
                ? $"one of {string.Join(", ", _fit.Select(r => r.Label))} takes the slots {how}: their offsets can't be compared, so name one"
                : $"{best.Label} takes the slots {how}",
            TakeOverLoss.Of(shard, best, seen, facts)
        )
        {
            Member = best?.Member,
        };
    }

    /// <summary>A primary that comes back with nothing leaves its slots to a replica, where one has them.</summary>
    private string? LossOfReturn() =>
        !IsEmptied(_primary) ? null
        : _fit.Length > 0 ? TakeOverLoss.Of(shard, Successor.Best(shard, seen.Topology), seen, facts)
        : shard.Nodes.All(IsEmptied) ? "all keys of these slots: no disk has any"
        : null;

    private bool IsEmptied(Node node) => facts.DiskOf(node)?.Kind == OwnDataKind.Empty;

    private string DiskOf(string who) => who == _primary.Label ? Disk(_primary, " (its disk: ", ")") : "";

    /// <summary>Disks with data are said once more where giving the slots away makes them worthless.</summary>
    private string LeftOnDisks()
    {
        var left = shard
            .Nodes.Where(n => facts.DiskOf(n) is { Kind: not OwnDataKind.Empty })
            .Select(n => n.Label)
            .ToArray();
        return left.Length == 0 ? "" : $" (and there is data on the disk of {string.Join(", ", left)})";
    }

    private string Disk(Node node, string before, string after) =>
        RecoverySights.Disk(node, facts) is { } disk ? $"{before}{disk}{after}" : "";
}
