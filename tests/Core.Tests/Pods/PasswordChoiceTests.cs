using Slotwright.Core.Pods;
using static Slotwright.Core.Pods.PeerPassword;

namespace Slotwright.Core.Tests.Pods;

public sealed class PasswordChoiceTests
{
    [Theory]
    [InlineData(new[] { Volume }, false, true)]
    [InlineData(new[] { Secret }, true, true)]
    [InlineData(new[] { Volume, Unknown, Unknown, Neither }, false, true)]
    [InlineData(new[] { Volume, Volume, Secret }, false, true)] // one that was left to itself does not draw the others after it
    [InlineData(new[] { Volume, Secret, Secret }, true, true)]
    [InlineData(new[] { Volume, Secret }, true, true)]
    [InlineData(new PeerPassword[0], true, false)] // all restart at once: all have the same Secret
    [InlineData(new[] { Unknown, Unknown }, true, false)]
    [InlineData(new[] { Neither, Neither }, true, false)]
    public void The_others_decide(PeerPassword[] peers, bool takesSecret, bool isSure)
    {
        var choice = PasswordChoice.Of(peers);
        Assert.Equal((takesSecret, isSure), (choice.TakesSecret, choice.IsSure));
        Assert.NotEmpty(choice.Reason);
    }
}
