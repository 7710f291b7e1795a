using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Failover;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;
using Slotwright.Operations.Running;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Output;

public sealed class ChangeOutputTests
{
    private static readonly Topology Formed = SixMembers.Formed;

    [Theory]
    [InlineData(Format.Text, "evacuate.txt")]
    [InlineData(Format.Json, "evacuate.json")]
    public void What_is_going_to_be_done(Enum format, string name)
    {
        var terminal = new FakeTerminal();
        PlanOutput.Print(terminal.Terminal, (Format)format, EvacuatePlanner.Plan(Formed, "az-a"));
        Golden.Check($"change/plan-{name}", terminal.Output);
    }

    [Theory]
    [InlineData(Format.Text, "done.txt")]
    [InlineData(Format.Json, "done.json")]
    public void What_was_done(Enum format, string name)
    {
        var plan = EvacuatePlanner.Plan(Formed, "az-a");
        var step = plan.Stages.SelectMany(s => s.Steps).OfType<HandOver>().Single();
        Check(
            format,
            name,
            new ChangeReport(
                plan,
                Applied: true,
                [
                    new HandOverTime(step, TimeSpan.FromMilliseconds(46.25)),
                    new HandOverTime(step with { Kind = HandOverKind.Force }, TimeSpan.FromMilliseconds(8)),
                ],
                new Observation(plan.Outcome(Formed), [], []),
                TimeSpan.FromSeconds(1.25)
            )
        );
    }

    [Fact]
    public void Nothing_to_do()
    {
        var terminal = new FakeTerminal();
        var report = new ChangeReport(
            RestoreLayoutPlanner.Plan(Formed),
            Applied: false,
            [],
            new Observation(Formed, [], []),
            TimeSpan.Zero
        );
        ChangeOutput.Print(terminal.Terminal, Format.Text, "local:valkey", report);
        Assert.Equal("restore-layout: nothing to do\n", terminal.Output);
    }

    private static void Check(Enum format, string name, ChangeReport report)
    {
        var terminal = new FakeTerminal();
        ChangeOutput.Print(terminal.Terminal, (Format)format, "local:valkey", report);
        Golden.Check($"change/{name}", terminal.Output);
        Assert.Equal("", terminal.Error);
    }
}
