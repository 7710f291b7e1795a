using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning;

/// <summary>Who may take over a shard, and how.</summary>
internal static class HandOverRules
{
    public static IEnumerable<Finding> Of(HandOver step, Topology before)
    {
        var from = before.Find(step.From);
        var taker = before.Find(step.Node);
        if (from is not { IsPrimary: true, Slots.IsEmpty: false })
        {
            return
            [
                Broken(
                    "nothing-to-hand-over",
                    step.FromMember,
                    "it owns no slots",
                    "a shard is handed over by its primary"
                ),
            ];
        }
        if (taker?.Primary != step.From || taker.Member != step.Member || !before.Members.ContainsKey(step.Member))
        {
            return
            [
                Broken(
                    "taker-stranger",
                    step.Member,
                    $"it is no replica of {step.FromMember}",
                    "only a shard's own replica has its data"
                ),
            ];
        }
        return
        [
            .. OfTaker(step, taker, from),
            .. step.Kind == HandOverKind.Planned ? [] : OfGone(step, from, taker, before),
            .. OfVote(step, before),
        ];
    }

    private static IEnumerable<Finding> OfTaker(HandOver step, Node taker, Node from)
    {
        var (isFit, what) = step.Kind switch
        {
            HandOverKind.Planned => (taker.Link == LinkState.InSync, "it is not in sync"),
            _ => (HasData(taker, from), "it has never completed a sync"),
        };
        if (!taker.Reachable || !isFit)
        {
            yield return Broken(
                "taker-unfit",
                step.Member,
                taker.Reachable ? what : "it does not answer",
                "a replica that takes over without the data loses the shard"
            );
        }
    }

    private static IEnumerable<Finding> OfGone(HandOver step, Node from, Node taker, Topology before)
    {
        if (!IsGone(from, before))
        {
            yield return Broken(
                "primary-lives",
                step.FromMember,
                from.Reachable ? "it answers" : "it does not answer here, but the others have not given it up",
                "an old primary that still lives goes on to acknowledge writes that are lost"
            );
        }
        var ahead = before
            .Nodes.Where(n => n.Primary == step.From && n.Reachable && HasCompletedSync(n) && n.Stream == taker.Stream)
            .MaxBy(n => n.Offset);
        if (ahead is not null && ahead.Offset > taker.Offset)
        {
            yield return Broken(
                "taker-behind",
                step.Member,
                $"it has received {ahead.Offset - taker.Offset} bytes less than {ahead.Label}",
                "what only another replica has would be lost, also what WAIT had confirmed"
            );
        }
    }

    private static IEnumerable<Finding> OfVote(HandOver step, Topology before)
    {
        if (step.Kind != HandOverKind.Takeover && !before.HasQuorum())
        {
            yield return Broken(
                "no-majority",
                step.Member,
                "less than a majority of primaries is up",
                "nobody can be elected"
            );
        }
    }

    /// <summary>
    /// Its host says that it has ended, most nodes hold it for failed, or all that answer suspect it: that is what
    /// there is where no majority is left that could hold it for failed. One that is held back takes no writes.
    /// </summary>
    internal static bool IsGone(Node primary, Topology topology) =>
        primary.IsHeldBack
        || !primary.Reachable
            && (
                primary.Failed
                || primary.Suspected
                || (
                    primary.Member is { } name
                    && topology.Members.TryGetValue(name, out var member)
                    && member.Phase == MemberPhase.Stopped
                )
            );

    internal static bool HasCompletedSync(Node replica) => replica.Link != LinkState.Syncing && replica.Offset > 0;

    /// <summary>
    /// As above, or it has been restarted since, and has its keys from its disk: its offset begins at 0 then. One whose
    /// primary is held back says that it copies, in vain, and keeps what it has.
    /// </summary>
    internal static bool HasData(Node replica, Node primary) =>
        (replica.Link != LinkState.Syncing || primary.IsHeldBack) && (replica.Offset > 0 || replica.Keys > 0);

    private static Finding Broken(string code, string subject, string what, string why) =>
        SafetyInvariants.Broken(code, subject, what, why);
}
