using Slotwright.Core.Slots;
using Slotwright.Integration.Tests.Support;
using Slotwright.Integration.Tests.Waves;
using Slotwright.Operations.SlotMovers;

namespace Slotwright.Integration.Tests.SlotMoves;

/// <summary>Slots that are moved while clients write to them, with the load's ledger as judge.</summary>
public sealed class LoadTests
{
    [Theory, MemberData(nameof(KeyTests.Movers), MemberType = typeof(KeyTests))]
    public async Task No_write_fails_and_none_is_lost(string version, string mover)
    {
        await using var cluster = await TestCluster.FormAsync(version);
        var ledger = await Rolling.UnderLoadAsync(
            cluster,
            async () =>
            {
                var slots = Moving.FirstToSecond(cluster, SlotSet.Of(3000, 3499));
                var moving = Moving.By(Enum.Parse<MoverChoice>(mover));
                await Moving.ReshardAsync(cluster, slots, moving);
                Assert.Equal(500, moving.Meter.Read().Moved);
                await Moving.ReshardAsync(
                    cluster,
                    new(cluster.Name(0), [cluster.Name(1)], null, SlotSet.Of(3000, 3499)),
                    Moving.By(Enum.Parse<MoverChoice>(mover))
                );
            }
        );
        Assert.Equal((0L, default), (ledger.Failed, ledger.Found));
    }
}
