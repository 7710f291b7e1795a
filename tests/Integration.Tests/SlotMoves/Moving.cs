using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Operations.SlotMovers;

namespace Slotwright.Integration.Tests.SlotMoves;

/// <summary>Slots of a test's cluster that are moved as the commands do it.</summary>
internal static class Moving
{
    public static async Task<ChangeReport> ReshardAsync(
        TestCluster cluster,
        ReshardWish wish,
        SlotMoving? moving = null,
        CancellationToken ct = default
    )
    {
        await using var session = new ClusterSession(cluster.Host, null, TimeProvider.System);
        return await new ChangeOperation(
            session,
            "reshard",
            seen => OpenMoves.Before(seen, after => ReshardPlanner.Plan(after, wish)),
            new ChangeOptions { Slots = moving ?? new SlotMoving { Pace = MovePace.Fast } }
        ).RunAsync(ct);
    }

    /// <summary>From the first shard to the second, by their first members.</summary>
    public static ReshardWish FirstToSecond(TestCluster cluster, SlotSet slots) =>
        new(cluster.Name(1), [cluster.Name(0)], null, slots);

    public static SlotMoving By(MoverChoice mover) => new() { Pace = MovePace.Fast, Mover = mover };
}
