using System.Globalization;
using Slotwright.Core.Cluster;
using Slotwright.Core.Fencing;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Fencing;

public sealed class ElectionTurnTests
{
    [Fact]
    public void Shards_whose_primaries_are_gone_or_held_back_come_one_after_another()
    {
        var topology = SixMembers
            .Formed.Change("m-0", n => n with { Reachable = false })
            .Change("m-2", n => n with { IsHeldBack = true });
        Assert.Equal([0, 200, 400], Turns(topology).Order());
        Assert.Equal(0, Turns(topology)[0]);
        Assert.Equal(200, Turns(topology)[2]);
    }

    [Fact]
    public void Nobody_waits_longer_than_seven_turns()
    {
        var topology = SixMembers.Formed with
        {
            Nodes =
            [
                .. SlotSet
                    .Split(20)
                    .Select((slots, i) => SixMembers.Node(0) with { Id = Id(i), Slots = slots, Reachable = false }),
            ],
        };
        Assert.Equal(1400, topology.Voters.Max(v => ElectionTurn.Of(v.Id, topology).TotalMilliseconds));
    }

    private static NodeId Id(int i) => NodeId.Parse(i.ToString("x40", CultureInfo.InvariantCulture));

    private static double[] Turns(Topology topology) =>
        [.. topology.Shards().Select(s => ElectionTurn.Of(s.Primary.Id, topology).TotalMilliseconds)];
}
