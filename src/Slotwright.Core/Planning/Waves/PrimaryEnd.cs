using Slotwright.Core.Cluster;
using Slotwright.Core.Planning.Steps;

namespace Slotwright.Core.Planning.Waves;

/// <summary>Who takes over from a shard's primary, and whether it hands back in the end.</summary>
internal sealed record PrimaryEnd(ShardTurn Turn, Node Target, bool ComesBack)
{
    private Node Primary => Turn.Shard.Primary;

    public HandOver HandsOver() =>
        new(Target.Member!, Target.Id, Primary.Label, Primary.Id, HandOverKind.Planned)
        {
            Reason =
                Turn.Primary == PrimaryTurn.GivesUp
                    ? $"{Primary.Label} stays at its revision as a replica"
                    : $"{Primary.Label} is to restart",
        };

    public HandOver HandsBack() =>
        new(Primary.Member!, Primary.Id, Target.Label, Target.Id, HandOverKind.Planned)
        {
            Reason = $"the zone of {Target.Label} would have more primaries than its share",
        };
}
