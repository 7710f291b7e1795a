using Slotwright.Core.Observing;
using Slotwright.Core.Tests.Support;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

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
