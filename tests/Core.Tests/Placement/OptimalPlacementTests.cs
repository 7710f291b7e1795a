using CsCheck;
using Slotwright.Core.Placement;

namespace Slotwright.Core.Tests.Placement;

public sealed class OptimalPlacementTests
{
    [Fact]
    public void Nothing_is_better_than_the_placement_of_up_to_nine_members() =>
        Requests.Any(9).Sample(Check, iter: 1_000, print: Requests.Print);

    [Theory]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    public void Nothing_is_better_than_the_placement_of_shapes_with_most_assignments(int primaries, int replicas) =>
        Requests.WithMembers(primaries, replicas).Sample(Check, iter: 200, print: Requests.Print);

    [Fact]
    public void The_score_of_a_placement_is_what_the_referee_counts()
    {
        var request = Requests.Sized(2, 5, 3, 1);

        Assert.Equal("(0, 0, 1, 0, 3, 0) primaries 0,5,8", ExhaustiveReferee.Best(request).ToString());
    }

    [Fact]
    public void The_referee_beats_a_careless_assignment() // its own control
    {
        var request = Requests.Sized(1, 2, 2, 2);
        var careless = PlacementScore.Of(Assignments.InOrder(request), 1);

        Assert.True(ExhaustiveReferee.Best(request).CompareTo(careless) < 0);
    }

    private static void Check(PlacementRequest request) =>
        Assert.Equal(ExhaustiveReferee.Best(request), Placer.Place(request).Score);
}
