using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;
using Spectre.Console;

namespace Slotwright.Unit.Tests.Output;

public sealed class StatusOutputTests
{
    public static TheoryData<string, Observation> Cases =>
        new()
        {
            { "healthy", Clusters.Healthy },
            { "without-zones", Clusters.WithoutZones },
            { "unformed", Clusters.Unformed },
            { "broken", Clusters.Broken },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_map(string name, Observation observation)
    {
        var terminal = new FakeTerminal();
        StatusOutput.Print(terminal.Terminal, Format.Text, "local:m", observation);
        Golden.Check($"status/{name}.txt", terminal.Output);
        Assert.Equal("", terminal.Error);
    }

    public static TheoryData<string, Observation, int> Widths
    {
        get
        {
            var widths = new TheoryData<string, Observation, int>();
            foreach (var width in new[] { 80, 60, 40, 20 })
            {
                widths.Add("long-names", Clusters.LongNames, width);
                widths.Add("broken", Clusters.Broken, width);
            }
            return widths;
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_map_on_a_terminal_that_is_narrower(string name, Observation observation, int width)
    {
        var terminal = new FakeTerminal();
        terminal.Terminal.Document.Profile.Width = width;
        StatusOutput.Print(terminal.Terminal, Format.Text, "local:m", observation);
        Golden.Check($"status/{name}-{width}.txt", terminal.Output);
        Assert.All(terminal.Output.Split('\n'), line => Assert.True(line.Length <= width, line));
        var words = terminal.Output.Split([' ', '\n', ','], StringSplitOptions.RemoveEmptyEntries);
        Assert.All(observation.Topology.Shards(), s => Assert.Contains($"{s.Slots}", words));
        Assert.All(observation.Topology.Nodes.Where(n => n.Member is not null), n => Assert.Contains(n.Label, words));
    }

    [Fact]
    public void Many_slot_ranges_are_broken_only_between_two_of_them()
    {
        var slots = SlotSet.Parse("0-100,1000-1100,10000-10100,12000-12100,16383", null);
        var topology = Clusters.Healthy.Topology;
        var primary = topology.Shards()[0].Primary;
        var terminal = new FakeTerminal();
        terminal.Terminal.Document.Profile.Width = 20;
        var observation = Clusters.Healthy with { Topology = topology.With(primary with { Slots = slots }) };
        StatusOutput.Print(terminal.Terminal, Format.Text, "local:m", observation);
        var lines = terminal.Output.Split('\n', StringSplitOptions.TrimEntries);
        var first = lines.IndexOf("0-100, 1000-1100,");
        Assert.Equal(["10000-10100 and 2", "more ranges"], lines[(first + 1)..(first + 3)]);
    }

    /// <summary>ESC[3J would take the lines that somebody wants to scroll back to.</summary>
    [Fact]
    public void A_live_view_leaves_what_was_scrolled_away()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(output) }
        );
        var live = new LiveView(console);
        live.Show(new Text("one"), DateTimeOffset.UnixEpoch);
        live.Show(new Text("two"), DateTimeOffset.UnixEpoch);
        Assert.DoesNotContain("\e[3J", output.ToString());
        Assert.Equal("\e[H\e[J00:00:00\none\n\e[H\e[J00:00:00\ntwo\n", output.ToString());
    }

    [Fact]
    public void Slots_of_two_clusters_are_not_called_served()
    {
        var terminal = new FakeTerminal();
        var two = TwoClusters.Of(SixMembers.Formed);
        StatusOutput.Print(terminal.Terminal, Format.Text, "nodes:m", Clusters.Observe(two));
        Assert.Contains("10923 of 16384 slots served, not one cluster", terminal.Output);
    }

    [Fact]
    public void Of_a_cluster_that_is_stopped_no_version_is_told()
    {
        var terminal = new FakeTerminal();
        var formed = SixMembers.Formed;
        var silent = Enumerable.Range(0, 6).Aggregate(Views.Of(formed), (v, i) => v.Silence(i)).Merged(formed);
        StatusOutput.Print(terminal.Terminal, Format.Text, "local:m", silent);
        Assert.StartsWith("local:m  0 shards", terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("healthy")]
    [InlineData("broken")]
    public void The_same_for_programs(string name)
    {
        var terminal = new FakeTerminal();
        var observation = name == "healthy" ? Clusters.Healthy : Clusters.Broken;
        StatusOutput.Print(terminal.Terminal, Format.Json, "local:m", observation);
        Golden.Check($"status/{name}.json", terminal.Output);
    }
}
