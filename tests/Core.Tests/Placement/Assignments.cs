using System.Collections.Immutable;
using Slotwright.Core.Placement;

namespace Slotwright.Core.Tests.Placement;

/// <summary>Assignments that are not the program's, and what every assignment must keep.</summary>
internal static class Assignments
{
    /// <summary>What a tool does that knows no zones: the first are primaries, the others their replicas in turn.</summary>
    public static ImmutableArray<ShardPlacement> InOrder(PlacementRequest request)
    {
        var members = request.Members.OrderBy(m => m.Ordinal).ToArray();
        return
        [
            .. Enumerable
                .Range(0, request.Primaries)
                .Select(s => new ShardPlacement(
                    members[s],
                    [.. members.Skip(request.Primaries).Where((_, i) => i % request.Primaries == s)]
                )),
        ];
    }

    /// <summary>Shards of the members that these numbers are the ordinals of, primary first.</summary>
    public static ImmutableArray<ShardPlacement> ByOrdinal(
        PlacementRequest request,
        params ReadOnlySpan<int[]> shards
    ) =>
        [
            .. shards
                .ToArray()
                .Select(s => s.Select(o => request.Members.Single(m => m.Ordinal == o)))
                .Select(s => new ShardPlacement(s.First(), [.. s.Skip(1)])),
        ];

    public static void AssertComplete(PlacementRequest request, ImmutableArray<ShardPlacement> shards)
    {
        Assert.Equal(request.Primaries, shards.Length);
        Assert.All(shards, s => Assert.Equal(request.ReplicasPerPrimary, s.Replicas.Length));
        Assert.Equal(request.Members.OrderBy(m => m.Ordinal), shards.SelectMany(s => s.Nodes).OrderBy(m => m.Ordinal));
        Assert.Equal(shards.OrderBy(s => s.Primary.Ordinal), shards);
    }
}
