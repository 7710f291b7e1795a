using Slotwright.Core.Failures;
using Slotwright.Core.Observing;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Repair;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Repair;

/// <summary>Slot 7 is m-0's; slot 6000 is m-1's.</summary>
public sealed class SlotRepairTests
{
    [Fact]
    public void A_cluster_that_is_well_is_left_alone() => Assert.True(Left.Nothing.Plan().IsEmpty);

    [Fact]
    public void What_both_ends_have_open_is_finished() =>
        Assert.Equal(
            ["1 slot goes from m-0 to m-1 (7)"],
            Left.Nothing.Migrating(7, 0, 1).Importing(7, 1, 0).Has(0, 7, 5).Has(1, 7, 3).Steps()
        );

    [Fact]
    public void What_its_owner_gives_away_goes_on_also_without_the_other_end() =>
        Assert.Equal(["1 slot goes from m-0 to m-1 (7)"], Left.Nothing.Migrating(7, 0, 1).Has(0, 7, 5).Steps());

    [Fact]
    public void What_another_takes_goes_on_where_it_has_keys_and_is_closed_where_it_has_none()
    {
        Assert.Equal(["1 slot goes from m-0 to m-1 (7)"], Left.Nothing.Importing(7, 1, 0).Has(1, 7, 3).Steps());
        Assert.Equal(["m-1 closes slots 7"], Left.Nothing.Importing(7, 1, 0).Has(0, 7, 5).Steps());
    }

    [Fact]
    public void A_move_that_goes_on_is_never_begun_anew_at_the_taker() =>
        Assert.True(
            Assert.IsType<MoveSlots>(Left.Nothing.Migrating(7, 0, 1).Plan().Stages.Single().Steps.Single()).GoesOn
        );

    [Fact]
    public void Slots_that_need_the_same_are_one_step() =>
        Assert.Equal(
            ["m-1 closes slots 7-8", "2 slots go from m-0 to m-2 (9-10)"],
            Left.Nothing.Importing(7, 1, 0).Importing(8, 1, 0).Migrating(9, 0, 2).Migrating(10, 0, 2).Steps()
        );

    [Fact]
    public void Of_ends_that_do_not_fit_the_owner_s_counts_and_the_other_is_closed() =>
        Assert.Equal(
            ["m-2 closes slots 7", "1 slot goes from m-0 to m-1 (7)"],
            Left.Nothing.Migrating(7, 0, 1).Importing(7, 2, 0).Steps()
        );

    [Fact]
    public void Keys_that_lie_elsewhere_follow_once_the_slot_has_arrived() =>
        Assert.Equal(
            ["1 slot goes from m-0 to m-1 (7)", "keys of slots 7 go from m-2 to m-1, which owns them"],
            Left.Nothing.Migrating(7, 0, 1).Importing(7, 2, 0).Has(2, 7, 4).Steps()
        );

    [Fact]
    public void An_end_that_takes_from_somebody_who_does_not_own_it_gives_its_keys_to_the_owner() =>
        Assert.Equal(
            ["keys of slots 7 go from m-1 to m-0, which owns them"],
            Left.Nothing.Importing(7, 1, 2).Has(1, 7, 4).Steps()
        );

    [Fact]
    public void Keys_by_the_same_names_in_two_places_are_for_a_person()
    {
        var left = Left.Nothing.Importing(7, 1, 2).Has(0, 7, 2).Has(1, 7, 4).Clash(7, 0, 1);
        var refusal = Assert.Throws<RefusedException>(() => left.Plan());
        var finding = Assert.Single(refusal.Findings);
        Assert.Equal(("keys-clash", "slots 7"), (finding.Code, finding.Subject));
        Assert.EndsWith("keys: m-0 has 2, m-1 has 4", finding.What);
        Assert.Contains("slotwright repair", finding.Remedy);
    }

    [Fact]
    public void What_can_be_mended_is_beside_what_a_person_has_to_decide()
    {
        var plan = Left.Nothing.Importing(7, 1, 2).Has(0, 7, 2).Has(1, 7, 4).Clash(7, 0, 1).Importing(8, 2, 0).Plan();
        Assert.Equal(["m-2 closes slots 8"], plan.Stages.SelectMany(s => s.Steps).Select(s => s.Describe()));
        Assert.Equal(["keys-clash"], plan.Notes.Codes());
    }

    [Fact]
    public void A_slot_without_owner_goes_to_whoever_alone_has_keys_of_it() =>
        Assert.Equal(["m-2 takes slots 7"], Left.Nothing.Unowned(7).Has(2, 7, 1).Steps());

    [Fact]
    public void A_slot_without_owner_and_keys_goes_to_the_primary_with_the_fewest() =>
        Assert.Equal(["m-0 takes slots 7-8"], Left.Nothing.Unowned(7).Unowned(8).Steps());

    [Fact]
    public void A_slot_without_owner_of_which_several_have_keys_is_for_a_person() =>
        Assert.Equal(["keys-in-two-places"], Refusal(Left.Nothing.Unowned(7).Has(0, 7, 1).Has(2, 7, 1)));

    [Fact]
    public void Nobody_is_given_a_slot_while_somebody_who_may_have_its_keys_is_silent()
    {
        Assert.Equal(["slots-unasked"], Refusal(Left.Nothing.Unowned(7).Changed(v => v.Silence(1))));
        Assert.Equal(["m-0 takes slots 7"], Left.Nothing.Unowned(7).Changed(v => v.Silence(4)).Steps());
    }

    [Fact]
    public void A_slot_without_owner_that_is_open_is_given_away_first_and_closed_then() =>
        Assert.Equal(
            ["m-0 takes slots 7", "m-1 closes slots 7"],
            Left.Nothing.Importing(7, 1, 2).Unowned(7).Has(0, 7, 1).Steps()
        );

    [Fact]
    public void A_taker_that_does_not_answer_may_have_keys()
    {
        var left = Left.Nothing.Migrating(7, 0, 1).Changed(v => v.Silence(1));
        Assert.Equal(["taker-silent"], Refusal(left));
    }

    [Fact]
    public void An_owner_that_does_not_answer_is_waited_for() =>
        Assert.Equal(["owner-silent"], Refusal(Left.Nothing.Importing(7, 1, 0).Changed(v => v.Silence(0))));

    [Fact]
    public void An_owner_whom_not_all_believe_says_it_again() =>
        Assert.Equal(["m-0 says anew that it owns slots 7"], Left.Nothing.Changed(v => v.Says(2, 0, Without7)).Steps());

    [Fact]
    public void Of_two_who_say_that_they_own_it_none_is_made_to_drop_its_keys()
    {
        var two = Left
            .Nothing.Changed(v => v.Says(0, 0, r => r with { ConfigEpoch = 9 }))
            .Changed(v => v.Says(2, 2, r => r with { Slots = r.Slots.Union(SlotSet.Of(7, 7)) }))
            .Changed(v => v.Says(2, 0, Without7));
        Assert.Equal(["m-0 says anew that it owns slots 7"], two.Has(0, 7, 3).Steps());
        Assert.Equal(["owners-differ"], Refusal(two.Has(0, 7, 3).Has(2, 7, 1)));
    }

    [Fact]
    public void What_a_replica_alone_has_open_its_primary_closes() =>
        Assert.Equal(["m-1 closes slots 7"], Left.Nothing.Importing(7, 3, 0).Steps());

    [Fact]
    public void A_slot_goes_to_the_primary_of_the_node_that_was_to_take_it() =>
        Assert.Equal(["1 slot goes from m-0 to m-1 (7)"], Left.Nothing.Migrating(7, 0, 3).Steps());

    [Fact]
    public void Slots_that_the_servers_migrate_by_themselves_are_seen_to_their_end()
    {
        var sight = Left.Nothing.Sight with
        {
            Migrations = [new(SixMembers.Id(0), SixMembers.Id(1), SlotSet.Of(10, 19))],
        };
        var plan = RepairPlanner.Plan(sight);
        Assert.Equal(["See migrations to their end"], plan.Stages.Select(s => s.Title));
        Assert.Empty(PlanChecker.Check(plan, sight.Topology));
    }

    [Fact]
    public void Only_slots_in_question_are_asked_for()
    {
        Assert.Empty(RepairQuestions.Slots(Left.Nothing.Seen));
        var left = Left.Nothing.Migrating(7, 0, 1).Unowned(9000).Changed(v => v.Says(2, 1, Without6000));
        Assert.Equal("7,6000,9000", $"{RepairQuestions.Slots(left.Seen)}");
    }

    [Fact]
    public void Names_are_asked_only_where_no_move_takes_the_keys_along()
    {
        var moving = Left.Nothing.Migrating(7, 0, 1).Has(0, 7, 2).Has(1, 7, 3);
        Assert.Empty(RepairQuestions.Clashing(moving.Sight));
        Assert.Equal("7", $"{RepairQuestions.Clashing(moving.Has(2, 7, 1).Sight)}");
    }

    private static string[] Refusal(Left left) =>
        [.. Assert.Throws<RefusedException>(() => left.Plan()).Findings.Codes()];

    private static PeerRow Without7(PeerRow row) => row with { Slots = row.Slots.Except(SlotSet.Of(7, 7)) };

    private static PeerRow Without6000(PeerRow row) => row with { Slots = row.Slots.Except(SlotSet.Of(6000, 6000)) };
}
