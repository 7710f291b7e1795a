using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Fencing;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning.Recovery;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Output;

public sealed class RecoverOutputTests
{
    /// <summary>Two primaries are gone, one of them with its replica.</summary>
    private static readonly Topology Broken = Gone(SixMembers.Formed, "m-0", "m-1", "m-3")
        .Change("m-5", n => n with { Link = LinkState.Down, Offset = 5120, Keys = 1000 });

    private static readonly RecoveryFacts Facts = new(
        true,
        new Dictionary<string, OwnData>(StringComparer.Ordinal)
        {
            ["m-0"] = OwnData.Complete,
            ["m-1"] = OwnData.Empty,
            ["m-3"] = new OwnData(OwnDataKind.Snapshot, "", 4096) { Keys = 900 },
        }.ToImmutableDictionary(StringComparer.Ordinal)
    );

    [Theory]
    [InlineData(Format.Text, "ways.txt")]
    [InlineData(Format.Json, "ways.json")]
    public void What_is_amiss_and_all_ways_out(Enum format, string name)
    {
        var terminal = new FakeTerminal();
        RecoverOutput.Print(terminal.Terminal, (Format)format, "local:main", Judge(Broken));
        Golden.Check($"recover/{name}", terminal.Output);
        Assert.Equal("", terminal.Error);
    }

    [Theory]
    [InlineData(Format.Text, "plan.txt")]
    [InlineData(Format.Json, "plan.json")]
    public void What_a_way_would_do(Enum format, string name)
    {
        var terminal = new FakeTerminal();
        var report = Judge(Broken);
        var wish = new RecoveryWish(RecoveryWay.TakeOver, null, null, AcceptsLoss: true);
        var plan = RecoveryPlanner.Plan(report, Broken, Facts, wish);
        RecoverOutput.Print(terminal.Terminal, (Format)format, "nodes:10.0.0.1:6379", report, plan);
        Golden.Check($"recover/{name}", terminal.Output);
    }

    [Fact]
    public void Nothing_to_recover()
    {
        var terminal = new FakeTerminal();
        RecoverOutput.Print(terminal.Terminal, Format.Text, "local:valkey", Judge(SixMembers.Formed));
        Assert.Equal("recover: nothing to recover on local:valkey\n", terminal.Output);
    }

    private static RecoveryReport Judge(Topology topology) =>
        RecoveryJudge.Of(new Observation(topology, [], []), Facts);

    private static Topology Gone(Topology topology, params string[] members) =>
        members.Aggregate(topology, (t, m) => t.Change(m, n => n with { Reachable = false, Suspected = true }));
}
