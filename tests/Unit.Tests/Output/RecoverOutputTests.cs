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
        RecoverOutput.Print(terminal.Terminal, (Format)format, "local:main", Judge(Broken), Typed("local:main"));
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
        const string target = "nodes:10.0.0.1:6379";
        RecoverOutput.Print(terminal.Terminal, (Format)format, target, report, Typed(target), plan);
        Golden.Check($"recover/{name}", terminal.Output);
    }

    [Fact]
    public void Nothing_to_recover()
    {
        var terminal = new FakeTerminal();
        RecoverOutput.Print(
            terminal.Terminal,
            Format.Text,
            "local:valkey",
            Judge(SixMembers.Formed),
            Typed("local:valkey")
        );
        Assert.Equal("recover: nothing to recover on local:valkey\n", terminal.Output);
    }

    [Fact]
    public void On_Kubernetes_the_way_is_taken_in_a_pod()
    {
        var seen = new Observation(Broken, Views.Of(Broken), []);
        var typed = TypedCommand.For("k8s:prod/cache", seen, hasPassword: true);

        Assert.Equal(
            "kubectl -n prod exec m-2 -c valkey -- sh -c 'cd /tmp; /opt/slotwright/slotwright recover --way take-over "
                + $"--target nodes:{Broken.Members["m-2"].Address} --password-file $SLOTWRIGHT_PASSWORD_FILE --yes'",
            typed("slotwright recover --way take-over")
        );
    }

    private static Func<string, string> Typed(string target) =>
        TypedCommand.For(target, new Observation(Broken, [], []), hasPassword: false);

    private static RecoveryReport Judge(Topology topology) =>
        RecoveryJudge.Of(new Observation(topology, [], []), Facts);

    private static Topology Gone(Topology topology, params string[] members) =>
        members.Aggregate(topology, (t, m) => t.Change(m, n => n with { Reachable = false, Suspected = true }));
}
