using System.Collections.Immutable;
using Slotwright.Commands;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Tests.Support;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Output;

public sealed class VerifyOutputTests
{
    private static readonly Finding Unknown = new(
        "settings-unknown",
        Verdict.Unknown,
        "m-2",
        "no answer within 2 s",
        "it can't be told whether a bootstrap left settings behind",
        "look again"
    );

    [Theory]
    [InlineData(Format.Text, "healthy.txt")]
    [InlineData(Format.Json, "healthy.json")]
    public void What_holds(Enum format, string name) => Check(format, name, Clusters.Healthy, 0);

    [Theory]
    [InlineData(Format.Text, "broken.txt")]
    [InlineData(Format.Json, "broken.json")]
    public void What_is_broken_and_why_and_what_to_do(Enum format, string name) =>
        Check(format, name, Clusters.Broken, 2);

    [Fact]
    public void A_cluster_without_zones() => Check(Format.Text, "without-zones.txt", Clusters.WithoutZones, 0);

    [Fact]
    public void A_check_that_could_not_be_made_outweighs_those_that_failed()
    {
        Check(Format.Text, "unknown.txt", Clusters.Broken, 1, Unknown);
        Assert.Equal(1, VerifyCommand.ExitCodeOf([Unknown]));
    }

    [Fact]
    public void What_is_found_alike_of_several_members_is_said_once_to_people_and_of_each_to_programs()
    {
        Finding[] settings =
        [
            .. Enumerable.Range(0, 8).Select(i => Unknown with { Code = "setting-left-behind", Subject = $"m-{i}" }),
        ];
        var (text, json) = (new FakeTerminal(), new FakeTerminal());
        var survival = Survival.Of(Clusters.Healthy.Topology);
        VerifyOutput.Print(text.Terminal, Format.Text, "local:m", [.. settings], survival);
        VerifyOutput.Print(json.Terminal, Format.Json, "local:m", [.. settings], survival);
        Assert.StartsWith("unknown  m-0, m-1, m-2, m-3, m-4 and 3 more: no answer within 2 s\n", text.Output);
        Assert.EndsWith("local:m: 1 unknown\n", text.Output);
        Assert.Equal(8, json.Output.Split("setting-left-behind").Length - 1);
    }

    [Fact]
    public void Warnings_alone_are_no_failure()
    {
        var warning = Unknown with { Verdict = Verdict.Warning };
        Assert.Equal(0, VerifyCommand.ExitCodeOf([warning]));
        Assert.Equal(2, VerifyCommand.ExitCodeOf([warning, Unknown with { Verdict = Verdict.Failed }]));
    }

    private static void Check(Enum format, string name, Observation observation, int exitCode, params Finding[] more)
    {
        var terminal = new FakeTerminal();
        ImmutableArray<Finding> checks = [.. ClusterChecks.Run(observation, new Expectation(1, false)), .. more];
        var survival = Survival.Of(observation.Topology);
        VerifyOutput.Print(terminal.Terminal, (Format)format, "local:m", checks, survival);
        Golden.Check($"verify/{name}", terminal.Output);
        Assert.Equal(exitCode, VerifyCommand.ExitCodeOf(checks));
    }
}
