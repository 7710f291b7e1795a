using Slotwright.Core.Agent;

namespace Slotwright.Core.Tests.Agent;

public sealed class BackOffTests
{
    [Fact]
    public void Pauses_double_up_to_a_minute() =>
        Assert.Equal([2, 4, 8, 16, 32, 60, 60], Enumerable.Range(1, 7).Select(i => BackOff.After(i).TotalSeconds));
}
