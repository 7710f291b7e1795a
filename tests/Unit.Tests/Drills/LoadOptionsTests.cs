using Slotwright.Operations.Drills;

namespace Slotwright.Unit.Tests.Drills;

public sealed class LoadOptionsTests
{
    [Fact]
    public void The_defaults_can_be_used() => Assert.Empty(LoadOptions.Default.Problems());

    [Fact]
    public void All_that_cannot_be_used_is_told_at_once()
    {
        var problems = new LoadOptions(0, TimeSpan.Zero, 0, 1001, 15, 11).Problems();

        Assert.Equal(
            "--rate --duration --clients --pipeline --value-size --wait",
            string.Join(' ', problems.Select(p => p.Where))
        );
    }

    [Fact]
    public void Too_much_under_way_cannot_be_used() =>
        Assert.Single((LoadOptions.Default with { Clients = 1000, Pipeline = 11 }).Problems());

    [Theory]
    [InlineData(4, 16, 1 << 16, true)]
    [InlineData(64, 1, 1 << 16, true)]
    [InlineData(4, 17, 1 << 16, false)]
    [InlineData(65, 1, 1 << 16, false)]
    public void Too_many_bytes_under_way_cannot_be_used(int clients, int pipeline, int valueSize, bool canBe)
    {
        var options = LoadOptions.Default with { Clients = clients, Pipeline = pipeline, ValueSize = valueSize };
        var problems = options.Problems();

        Assert.Equal(canBe, problems.IsEmpty);
        Assert.All(problems, p => Assert.Contains("at most 4194304", p.Remedy, StringComparison.Ordinal));
    }
}
