using Slotwright.Core.Drills;

namespace Slotwright.Core.Tests.Drills;

public sealed class RoleHistoryTests
{
    private readonly RoleHistory _history = new();

    [Fact]
    public void Times_count_from_the_beginning_that_is_asked_for()
    {
        _history.Told(S(8), S(8), MemberState.Primary);
        _history.Told(S(11), S(11), MemberState.Primary);
        _history.Told(S(12), S(12), MemberState.Down);
        _history.Told(S(14), S(14), MemberState.Replica);

        Assert.Equal(
            [
                new RoleSpan(S(0), S(2), S(1), MemberState.Primary),
                new RoleSpan(S(2), S(4), S(2), MemberState.Down),
                new RoleSpan(S(4), S(5), S(4), MemberState.Replica),
            ],
            _history.Between(S(10), S(15))
        );
    }

    [Fact]
    public void What_was_not_certain_between_two_answers_makes_no_two_primaries()
    {
        var (old, heir) = (new RoleHistory(), new RoleHistory());
        old.Told(S(1), S(2), MemberState.Primary);
        old.Told(S(4), S(5), MemberState.Primary);
        old.Told(S(9), S(10), MemberState.Replica);
        heir.Told(S(5), S(6), MemberState.Primary);
        heir.Told(S(9), S(10), MemberState.Primary);

        Assert.Equal(TimeSpan.Zero, Both());
        old.Told(S(11), S(12), MemberState.Primary);
        old.Told(S(13), S(14), MemberState.Primary);
        heir.Told(S(14), S(15), MemberState.Primary);
        Assert.Equal(S(1), Both());

        TimeSpan Both() =>
            TwoPrimaries.Length([
                new MemberRoles("a", 0, old.Between(S(0), S(20))),
                new MemberRoles("b", 0, heir.Between(S(0), S(20))),
            ]);
    }

    [Fact]
    public void A_member_that_changes_without_end_takes_no_memory_without_end()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _history.Told(S(i), S(i), i % 2 == 0 ? MemberState.Primary : MemberState.Replica);
        }

        Assert.Equal(500, _history.Between(S(0), S(10_000)).Length);
    }

    [Fact]
    public void Two_primaries_are_told_by_the_time_that_both_had()
    {
        MemberRoles[] roles =
        [
            new(
                "a",
                0,
                [
                    new RoleSpan(S(0), S(7), S(7), MemberState.Primary),
                    new RoleSpan(S(7), S(20), S(20), MemberState.Replica),
                ]
            ),
            new(
                "b",
                0,
                [
                    new RoleSpan(S(0), S(5), S(5), MemberState.Replica),
                    new RoleSpan(S(5), S(20), S(20), MemberState.Primary),
                ]
            ),
        ];

        Assert.Equal(S(2), TwoPrimaries.Length([.. roles]));
        Assert.Equal(TimeSpan.Zero, TwoPrimaries.Length([roles[0]]));
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
