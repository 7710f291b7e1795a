using System.Collections.Immutable;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Health.Checks;

/// <summary>Nothing is half done: no slot on its way, no primary without slots, one version, every word understood.</summary>
internal static class NothingOpen
{
    public static ImmutableArray<Finding> Run(Observation observation) =>
        Check.Of(
            "nothing-open",
            "no slot is on its way, no node is left over",
            [.. observation.Views.SelectMany(v => OfView(v)), .. EmptyPrimaries(observation), .. Versions(observation)]
        );

    private static IEnumerable<Finding> OfView(NodeView view)
    {
        if (view.Report is { Self.OpenSlots: { IsEmpty: false } open })
        {
            yield return new Finding(
                "slot-open",
                Verdict.Failed,
                view.Label,
                $"slots {SlotSet.OfSlots(open.Select(s => s.Slot))} are on their way",
                "a move runs, or was cut off",
                "wait for it; if none runs, slotwright repair finishes or closes it, by where the keys are"
            );
        }
        if (view.Report is { Unrecognized: { IsEmpty: false } words })
        {
            yield return new Finding(
                "reply-unrecognized",
                Verdict.Warning,
                view.Label,
                $"it says more than is understood: {string.Join(", ", words.Take(3))}",
                "its version is newer than this program knows",
                "see whether there is a newer slotwright"
            );
        }
    }

    private static IEnumerable<Finding> EmptyPrimaries(Observation observation) =>
        observation
            .Topology.Nodes.Where(n =>
                n is { IsPrimary: true, Reachable: true, Joined: true, Alone: false } && n.Slots.IsEmpty
            )
            .Where(n => observation.ReportOf(n.Id) is { Self.Slots.IsEmpty: true }) // what it owns may be another's here
            .Select(n => new Finding(
                "primary-empty",
                Verdict.Warning,
                n.Label,
                "a primary without slots",
                "it holds no data and stands by for nobody",
                "where a shard lacks a replica, slotwright repair makes it one"
            ));

    private static IEnumerable<Finding> Versions(Observation observation)
    {
        var versions = observation
            .Views.Select(v => v.Report?.Server.Version)
            .OfType<Version>()
            .Distinct()
            .Order()
            .ToArray();
        if (versions.Length > 1)
        {
            yield return new Finding(
                "versions-differ",
                Verdict.Warning,
                "cluster",
                $"servers of {string.Join(" and ", versions.Select(v => v.ToString()))} run side by side",
                "an older one can't read what a newer one writes",
                $"finish the upgrade: slotwright upgrade --valkey {versions[^1]}, then upgrade --commit; or go back: upgrade --rollback"
            );
        }
    }
}
