using System.Collections.Immutable;
using CsCheck;
using Slotwright.Core.Placement;

namespace Slotwright.Core.Tests.Placement;

/// <summary>Requests for tests: by hand, and at random.</summary>
internal static class Requests
{
    /// <summary>Members in zones in turn, as a scheduler would place them.</summary>
    public static PlacementRequest InTurn(int members, int zones, int replicas) =>
        Of(replicas, Enumerable.Range(0, members).Select(i => Zone(i % zones)));

    /// <summary>Members in zones of these sizes, one zone after the other.</summary>
    public static PlacementRequest Sized(int replicas, params ReadOnlySpan<int> sizes) =>
        Of(replicas, sizes.ToArray().SelectMany((size, z) => Enumerable.Repeat(Zone(z), size)));

    public static PlacementRequest Of(int replicas, IEnumerable<string?> zones)
    {
        var members = zones.Select((zone, i) => new PlacementMember($"m-{i}", i, zone)).ToImmutableArray();
        return new PlacementRequest(members, members.Length / (replicas + 1), replicas);
    }

    public static string Zone(int z) => $"az-{(char)('a' + z)}";

    /// <summary>Any shape up to so many members; even and lopsided zones, one to all of them, some unknown; machines.</summary>
    public static Gen<PlacementRequest> Any(int most) =>
        from replicas in Gen.Int[0, 4]
        from primaries in Gen.Int[1, Math.Max(1, most / (replicas + 1))]
        from request in WithMembers(primaries, replicas)
        select request;

    public static Gen<PlacementRequest> WithMembers(int primaries, int replicas) =>
        from zones in Zones(primaries * (replicas + 1))
        from machines in Machines(primaries * (replicas + 1))
        from order in Gen.Shuffle(Enumerable.Range(0, primaries * (replicas + 1)).ToArray())
        select new PlacementRequest(
            [
                .. order.Select(i => new PlacementMember(
                    $"m-{i}",
                    i,
                    zones[i],
                    machines[i] < 0 ? null : $"{zones[i]}-{machines[i]}"
                )),
            ],
            primaries,
            replicas
        );

    public static string Print(PlacementRequest request) =>
        $"P={request.Primaries} R={request.ReplicasPerPrimary}: "
        + string.Join(' ', request.Members.OrderBy(m => m.Ordinal).Select(m => $"{m.Ordinal}@{m.Zone}/{m.Machine}"));

    private static Gen<string?[]> Zones(int members) =>
        from lopsided in Gen.Int[1, 3]
        from unknown in Gen.Frequency((4, Gen.Const(0)), (1, Gen.Const(3)))
        from zones in Gen.Int[1, 7]
        from draws in Gen.Double[0, 1].Array[members]
        from hidden in Gen.Int[0, 9].Array[members]
        select draws
            .Select(
                (d, i) => hidden[i] < unknown ? null : Zone((int)Math.Min(zones - 1, Math.Pow(d, lopsided) * zones))
            )
            .ToArray();

    private static Gen<int[]> Machines(int members) =>
        from machines in Gen.Int[1, 4]
        from unknown in Gen.Int[0, 1]
        from draws in Gen.Int[-unknown, machines - 1].Array[members]
        select draws;
}
