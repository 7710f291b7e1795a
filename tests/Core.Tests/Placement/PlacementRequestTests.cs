using Slotwright.Core.Failures;
using Slotwright.Core.Placement;

namespace Slotwright.Core.Tests.Placement;

public sealed class PlacementRequestTests
{
    [Fact]
    public void Too_few_members_are_counted()
    {
        var request = Requests.InTurn(5, 3, 1) with { Primaries = 3 };

        Assert.Equal(
            ["members: 3 primaries with 1 replica each are 6 members, and there are 5; add 1, or ask for other counts"],
            Problems(request)
        );
    }

    [Fact]
    public void A_member_that_would_have_no_role_is_a_problem()
    {
        var request = Requests.InTurn(8, 3, 1) with { Primaries = 3 };

        Assert.Equal(
            [
                "members: 3 primaries with 1 replica each are 6 members, and there are 8; remove 2, or ask for 4 primaries",
            ],
            Problems(request)
        );
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var request = new PlacementRequest(
            [new("a", 0), new("a", 1), new("b", 2), new("c", 2), new("", 3), new("d", -1)],
            0,
            -1
        );

        Assert.Equal(
            [
                "primaries: 0 were asked for; a cluster has 1 to 16384 of them; 3 or more can lose one",
                "replicas per primary: -1 were asked for; ask for 0 or more",
                "members: the member with ordinal 3 has no name; name it",
                "members: a is there 2 times; name each member once",
                "members: d has ordinal -1; ordinals begin at 0",
                "members: b, c have the same ordinal 2; give each its own",
            ],
            Problems(request)
        );
    }

    [Fact]
    public void Huge_counts_are_counted_without_overflow()
    {
        var request = Requests.InTurn(6, 3, 1) with { Primaries = 16384, ReplicasPerPrimary = int.MaxValue };

        Assert.Contains("35184372088832 members", Assert.Single(Problems(request)), StringComparison.Ordinal);
    }

    [Fact]
    public void More_primaries_than_slots_are_refused()
    {
        Assert.StartsWith(
            "primaries: 16385",
            Problems(Requests.InTurn(6, 3, 1) with { Primaries = 16385 })[0],
            StringComparison.Ordinal
        );
    }

    private static string[] Problems(PlacementRequest request) =>
        [.. Assert.Throws<BadInputException>(() => Placer.Place(request)).Problems.Select(p => p.ToString())];
}
