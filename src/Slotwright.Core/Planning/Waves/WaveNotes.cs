using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;

namespace Slotwright.Core.Planning.Waves;

/// <summary>What a plan in waves can't give, and what is left for later.</summary>
internal static class WaveNotes
{
    public const string RestoreCommand = "slotwright restore-layout";

    public static ImmutableArray<Finding> Of(
        Topology before,
        Topology after,
        ImmutableArray<ShardTurn> turns,
        WaveWish wish
    ) => [.. Away(turns), .. Unkept(before, turns, wish), .. Layout(before, after)];

    private static IEnumerable<Finding> Away(ImmutableArray<ShardTurn> turns) =>
        from turn in turns
        where turn.Primary == PrimaryTurn.GoesDown
        select new Finding(
            "slots-away",
            Verdict.Warning,
            $"slots {turn.Shard.Slots}",
            $"they are away while {turn.Shard.Primary.Label} restarts",
            "no replica can take over from it",
            ""
        );

    private static IEnumerable<Finding> Unkept(Topology before, ImmutableArray<ShardTurn> turns, WaveWish wish) =>
        from turn in turns
        where wish.KeepsOne && turn.Kept is null && turn.Shard.Nodes.Any(n => Outdated.Is(n, before))
        select new Finding(
            "none-kept",
            Verdict.Warning,
            $"slots {turn.Shard.Slots}",
            "no replica of the old version can be kept",
            "the shard has no member to spare for it: going back copies everything from the newer primary",
            ""
        );

    private static IEnumerable<Finding> Layout(Topology before, Topology after)
    {
        if (LayoutDebt.Of(after).CompareTo(LayoutDebt.Of(before)) > 0)
        {
            yield return new Finding(
                "layout-worse-meanwhile",
                Verdict.Warning,
                "cluster",
                $"the fullest zone has {ZoneLayout.Of(after).PrimariesInFullestZone} primaries then, where it had {ZoneLayout.Of(before).PrimariesInFullestZone}",
                "members that are kept at the old version can't be primaries again",
                $"after --commit: {RestoreCommand}"
            );
        }
    }
}
