using System.Collections.Immutable;
using Slotwright.Core.Cluster;

namespace Slotwright.Core.Health.Checks;

/// <summary>The cluster lies over its zones as well as its members allow; without zones nothing is judged.</summary>
internal static class ZonesSpread
{
    public static ImmutableArray<Finding> Run(Topology topology)
    {
        var layout = ZoneLayout.Of(topology);
        if (layout.Zones.IsEmpty)
        {
            return Check.Fine("zones", "no zone is known: not judged");
        }
        if (layout.Zones.Length == 1 && layout.Unplaced.IsEmpty)
        {
            return Check.Fine("zones", $"all members are in {layout.Zones[0]}: not judged");
        }
        var spread = string.Join(", ", layout.PrimariesByZone.Select(z => $"{z.Value} in {z.Key}"));
        return Check.Of(
            "zones",
            $"primaries: {spread}",
            [.. ZoneFaults.Of(topology, layout), .. layout.Unplaced.Select(Unknown)]
        );
    }

    private static Finding Unknown(Node node) =>
        new(
            "zone-unknown",
            Verdict.Warning,
            node.Label,
            "its zone is not known",
            "it can't be judged where its shard would survive",
            "set availability-zone on it, or name its zone in a --zones-file"
        );
}
