using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Planning.Repair;

/// <summary>
/// Who may have keys of a slot that nobody owns, and can't be asked: members that don't answer, but for replicas whose
/// primary does, and whoever owns slots without being a member.
/// </summary>
internal static class SilentMembers
{
    public static ImmutableArray<string> Of(Observation seen) =>
        [
            .. seen
                .Views.Where(v => !HasAnswered(v, seen.Topology) && !IsCopied(v, seen.Topology))
                .Select(v => v.Label)
                .Concat(
                    seen.Topology.Primaries.Where(n => n is { Member: null, Reachable: false, Slots.IsEmpty: false })
                        .Select(n => n.Label)
                )
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>One that is held back answers, and its keys lie on its disk.</summary>
    private static bool HasAnswered(NodeView view, Topology topology) =>
        view.Report is { } report && topology.Find(report.Id) is not { IsHeldBack: true };

    private static bool IsCopied(NodeView view, Topology topology) =>
        view.Member is { } member
        && topology.NodeOf(member) is { Primary: { } primary }
        && topology.Find(primary) is { Reachable: true, IsPrimary: true };
}
