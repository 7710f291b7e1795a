using Slotwright.Core.Pods;

namespace Slotwright.Core.Tests.Pods;

public sealed class NamePatienceTests
{
    [Theory]
    [InlineData(6, true, 0, true)]
    [InlineData(5, true, 1.9, false)] // another may come a moment later
    [InlineData(5, true, 2, true)] // one that can't be scheduled
    [InlineData(4, true, 2, true)]
    [InlineData(3, true, 9, false)] // half of them: all may be coming
    [InlineData(5, false, 9, false)] // DNS is not up to date
    public void Most_names_are_enough_after_a_calm(int known, bool knowsSelf, double sinceLast, bool isOver) =>
        Assert.Equal(isOver, NamePatience.IsOver(known, 6, knowsSelf, TimeSpan.FromSeconds(sinceLast)));
}
