using Slotwright.Core.Cluster;
using Slotwright.Core.Loads;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Bootstrap;
using Slotwright.Core.Planning.SlotMoves;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Support;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Output;

public sealed class PlanOutputTests
{
    [Theory]
    [InlineData(Format.Text, "bootstrap.txt")]
    [InlineData(Format.Json, "bootstrap.json")]
    public void What_is_going_to_be_done(Enum format, string name) => Check(format, name, Plan(Members.Fresh(6, 3)));

    [Fact]
    public void What_the_members_do_not_allow_is_said_with_it() =>
        Check(Format.Text, "one-zone.txt", Plan(Members.Fresh(6, 1)));

    [Theory]
    [InlineData(Format.Text, "rebalance.txt")]
    [InlineData(Format.Json, "rebalance.json")]
    public void What_shards_bear_before_and_after(Enum format, string name)
    {
        var keys = new double[HashSlot.Count];
        (keys[0], keys[1], keys[7000]) = (40_000, 20_000, 20_000);
        var loads = new SlotLoads([.. keys]);
        var wish = new RebalanceWish(loads, 0.02, [new("m-1", "0.5")])
        {
            By = LoadMeasure.Keys,
            Carried = new ClusterLoads(loads, new SlotLoads([.. keys.Select(k => k * 20_000)]), null, null),
            BytesPerSecond = 1 << 20,
        };
        Check(format, name, RebalancePlanner.Plan(Clusters.Healthy.Topology, wish));
    }

    [Fact]
    public void Nothing_to_do()
    {
        var fresh = Members.Fresh(6, 3);
        var terminal = new FakeTerminal();
        PlanOutput.Print(terminal.Terminal, Format.Text, Plan(Plan(fresh).Outcome(fresh)));
        Assert.Equal("bootstrap: nothing to do\n", terminal.Output);
    }

    [Fact]
    public void As_talk_it_leaves_standard_output_alone()
    {
        var terminal = new FakeTerminal();
        PlanOutput.Show(terminal.Terminal, Plan(Members.Fresh(6, 3)));
        Assert.Equal("", terminal.Output);
        Assert.StartsWith("bootstrap: 17 steps in 3 stages, about ", terminal.Error);
    }

    private static void Check(Enum format, string name, Plan plan)
    {
        var terminal = new FakeTerminal();
        PlanOutput.Print(terminal.Terminal, (Format)format, plan);
        Golden.Check($"plan/{name}", terminal.Output);
        Assert.Equal("", terminal.Error);
    }

    private static Plan Plan(Topology topology) => BootstrapPlanner.Plan(topology, new ClusterShape(6, 1)).Plan!;
}
