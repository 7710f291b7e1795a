using Slotwright.Core.Cluster;
using Slotwright.Core.Fencing;
using Slotwright.Core.Planning.Recovery;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Recovery;

public sealed class RecoveryJudgeTests
{
    [Fact]
    public void A_cluster_that_is_well_has_nothing_to_recover()
    {
        var report = Broken.Judge(Broken.Well);
        Assert.True(report is { HasMajority: true, Primaries: 3, PrimariesUp: 3, Problems.IsEmpty: true });
    }

    [Fact]
    public void Members_of_which_no_cluster_was_formed_have_nothing_to_recover() =>
        Assert.Empty(Broken.Judge(Members.Fresh(6, 3)).Problems);

    [Fact]
    public void Without_a_majority_a_replica_can_take_over_and_what_it_loses_is_said()
    {
        var report = Broken.Judge(Broken.Without("m-0", "m-1"));
        Assert.False(report.HasMajority);
        Assert.Equal(["primary-gone", "primary-gone"], report.Problems.Select(p => p.Code));
        var problem = report.Problems[0];
        Assert.Equal([RecoveryWay.BringBack, RecoveryWay.TakeOver], problem.Choices.Select(c => c.Way));
        Assert.Null(problem.Choices[0].Loses);
        var choice = problem.Choices[1];
        Assert.Equal("m-5", choice.Member);
        Assert.Contains("up to offset 1000", choice.Loses);
        Assert.Contains("there are two primaries until it hears of the new epoch", choice.Loses);
        Assert.Equal("slotwright recover --way take-over --shard slot:0 --accept-loss", choice.Command);
    }

    [Fact]
    public void Of_a_process_that_has_ended_nobody_fears_that_it_is_on_the_other_side()
    {
        var gone = Broken.Without("m-0", "m-1");
        var ended = gone with
        {
            Members = gone.Members.SetItem("m-0", gone.Members["m-0"] with { Phase = MemberPhase.Stopped }),
        };
        var loss = Broken.Judge(ended).Problems[0].Find(RecoveryWay.TakeOver)!.Loses;
        Assert.DoesNotContain("two primaries", loss);
        Assert.Contains("two primaries", Broken.Judge(ended).Problems[1].Find(RecoveryWay.TakeOver)!.Loses);
    }

    [Fact]
    public void A_snapshot_on_the_disk_of_the_dead_bounds_what_is_lost()
    {
        var own = new OwnData(OwnDataKind.Snapshot, $"{SixMembers.Id(0)}", 1500);
        var loss = Broken.Judge(Broken.Without("m-0", "m-1"), Broken.Disks(("m-0", own))).Problems[0];
        Assert.Contains("at least 500 bytes", loss.Find(RecoveryWay.TakeOver)!.Loses);
        Assert.Equal("snapshot at 1500", loss.Sights[0].Disk);
    }

    [Fact]
    public void With_a_majority_it_points_to_failover()
    {
        var report = Broken.Judge(Broken.Without("m-0"));
        var choice = Assert.Single(report.Problems).Find(RecoveryWay.Failover)!;
        Assert.Equal("slotwright failover slot:0", choice.Command);
        Assert.DoesNotContain(report.Problems[0].Choices, c => c.IsTaken);
    }

    [Fact]
    public void A_replica_that_was_restarted_is_elected_by_nobody_and_can_take_over()
    {
        var restarted = Broken.Without("m-0").Change("m-5", n => n with { Offset = 0 });
        var choice = Assert.Single(Broken.Judge(restarted).Problems).Find(RecoveryWay.TakeOver)!;
        Assert.Equal("m-5", choice.Member);
        Assert.Contains("an append-only file has no offset", choice.Loses);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_is_not_suspected_by_all_is_waited_for(bool isSuspected)
    {
        var silent = Broken.Without("m-0", "m-1").Change("m-0", n => n with { Suspected = isSuspected });
        Assert.Equal(isSuspected ? "primary-gone" : "primary-silent", Broken.Judge(silent).Problems[0].Code);
    }

    [Fact]
    public void A_shard_of_which_nobody_answers_is_lost_and_how_much_that_is_is_said()
    {
        var facts = Broken.Disks(("m-0", OwnData.Empty), ("m-5", OwnData.Complete));
        var problem = Assert.Single(Broken.Judge(Broken.Without("m-0", "m-5"), facts).Problems);
        Assert.Equal("shard-lost", problem.Code);
        var choice = problem.Find(RecoveryWay.FromNothing)!;
        Assert.Contains("ALL keys of 5461 of 16384 slots, 33.3 % of the keyspace", choice.Loses);
        Assert.Contains("there is data on the disk of m-5", choice.Loses);
        Assert.Equal("m-2", choice.Member); // it owns the fewest slots
        Assert.NotNull(problem.Find(RecoveryWay.BringBack));
    }

    [Fact]
    public void Bringing_back_an_empty_disk_loses_what_no_replica_has()
    {
        var empty = Broken.Disks(("m-0", OwnData.Empty), ("m-5", OwnData.Empty));
        var back = Back(Broken.Judge(Broken.Without("m-0", "m-1"), empty));
        Assert.EndsWith("m-0 (its disk: empty)", back.What, StringComparison.Ordinal);
        Assert.StartsWith("what m-0 acknowledged and m-5 had not received", back.Loses, StringComparison.Ordinal);

        Assert.Equal(
            "all keys of these slots: no disk has any",
            Back(Broken.Judge(Broken.Without("m-0", "m-5"), empty)).Loses
        );
        Assert.Null(Back(Broken.Judge(Broken.Without("m-0", "m-5"), Broken.Disks(("m-0", OwnData.Empty)))).Loses);
    }

    [Fact]
    public void A_replica_that_never_had_the_data_is_no_heir()
    {
        var bare = Broken.Without("m-0").Change("m-5", n => n with { Offset = 0, Keys = 0 });
        Assert.Equal("shard-lost", Assert.Single(Broken.Judge(bare).Problems).Code);
    }

    [Fact]
    public void Slots_that_nobody_owns_begin_from_nothing()
    {
        var bare = Broken.Well.Change("m-0", n => n with { Slots = SlotSet.Empty, Keys = 0 });
        var problem = Assert.Single(Broken.Judge(bare).Problems);
        Assert.Equal(("slots-uncovered", "m-0"), (problem.Code, problem.Find(RecoveryWay.FromNothing)!.Member));
    }

    [Fact]
    public void One_that_is_held_back_has_three_ways_while_a_replica_is_missing()
    {
        var held = Broken.Without("m-5").Change("m-0", n => n with { IsHeldBack = true, Keys = 0, Offset = 0 });
        var problem = Assert.Single(Broken.Judge(held).Problems);
        Assert.Equal("member-held-back", problem.Code);
        Assert.Equal([RecoveryWay.BringBack, RecoveryWay.OwnData], problem.Choices.Select(c => c.Way));
        Assert.Contains("m-5", problem.Find(RecoveryWay.OwnData)!.Loses);
    }

    [Fact]
    public void One_that_is_held_back_is_decided_by_itself_where_all_its_replicas_answer()
    {
        var held = Broken.Well.Change("m-0", n => n with { IsHeldBack = true });
        Assert.Equal([RecoveryWay.Wait], Assert.Single(Broken.Judge(held).Problems).Choices.Select(c => c.Way));
    }

    private static RecoveryChoice Back(RecoveryReport report) => report.Problems[0].Find(RecoveryWay.BringBack)!;
}
