using CsCheck;
using Slotwright.Core.Placement;

namespace Slotwright.Core.Tests.Placement;

public sealed class PlacementBoundsTests
{
    [Fact]
    public void Up_to_sixty_members_meet_what_can_be_proved_of_the_first_four_criteria() =>
        Requests.Any(60).Sample(Check, iter: 1_000, print: Requests.Print);

    [Theory]
    [InlineData(333, 2)]
    [InlineData(500, 1)]
    public void A_thousand_members_meet_them_too(int primaries, int replicas) =>
        Requests.WithMembers(primaries, replicas).Sample(Check, iter: 2, threads: 1, print: Requests.Print);

    [Fact]
    public void Every_assignment_is_at_or_above_the_bounds_and_a_careless_one_is_above() // the bounds' own control
    {
        var above = 0;
        Requests
            .Any(30)
            .Sample(
                request =>
                {
                    var score = PlacementScore.Of(Assignments.InOrder(request), request.ReplicasPerPrimary);
                    var bounds = ProvenBounds.Of(request);
                    Assert.True(score.ShardsInOneZone >= bounds.Whole);
                    Assert.True(score.PrimariesInFullestZone >= bounds.Fullest);
                    if (score.PrimariesInFullestZone == bounds.Fullest)
                    {
                        Assert.True(score.ReplicasInPrimaryZone >= bounds.Beside);
                    }
                    if (FirstFour(score).CompareTo(bounds) > 0)
                    {
                        Interlocked.Increment(ref above);
                    }
                },
                iter: 1_000,
                print: Requests.Print
            );

        Assert.InRange(above, 300, 1_000);
    }

    private static void Check(PlacementRequest request)
    {
        var placement = Placer.Place(request);

        Assert.Equal(ProvenBounds.Of(request), FirstFour(placement.Score));
        Assignments.AssertComplete(request, placement.Shards);
    }

    private static (int, int, int, int) FirstFour(PlacementScore score) =>
        (score.IncompleteShards, score.ShardsInOneZone, score.PrimariesInFullestZone, score.ReplicasInPrimaryZone);
}
