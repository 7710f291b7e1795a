using Slotwright.Core.Loads;

namespace Slotwright.Core.Tests.Loads;

public sealed class HeaviestTests
{
    [Fact]
    public void The_heaviest_are_kept_and_of_equals_the_first()
    {
        var heaviest = new Heaviest<string>(3);
        foreach (var (name, weight) in new[] { ("a", 1), ("b", 5), ("c", 3), ("d", 5), ("e", 3), ("f", 0) })
        {
            heaviest.Add(name, weight);
        }
        Assert.Equal(["b", "d", "c"], heaviest.ToSorted());
    }

    [Fact]
    public void None_may_be_kept()
    {
        var heaviest = new Heaviest<string>(0);
        heaviest.Add("a", 1);
        Assert.Empty(heaviest.ToSorted());
    }
}
