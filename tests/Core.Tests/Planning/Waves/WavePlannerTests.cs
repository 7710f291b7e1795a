using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Planning.Waves;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning.Waves;

public sealed class WavePlannerTests
{
    private static readonly Topology Six = Clusters.Placed(3, 1, 3);

    [Theory]
    [InlineData("six")]
    [InlineData("nine-of-three")]
    [InlineData("twelve-at-most-one")]
    [InlineData("six-keeping")]
    [InlineData("nine-keeping")]
    [InlineData("six-across-zones")]
    public void A_plan_reads_well(string name)
    {
        var (topology, wish) = name switch
        {
            "six" => (Six, WaveWish.Default),
            "nine-of-three" => (Clusters.Placed(3, 2, 3), WaveWish.Default),
            "twelve-at-most-one" => (Clusters.Placed(6, 1, 3), new WaveWish { MaxParallel = 1 }),
            "six-keeping" => (Six, new WaveWish { KeepsOne = true }),
            "nine-keeping" => (Clusters.Placed(3, 2, 3), new WaveWish { KeepsOne = true }),
            _ => (Six, new WaveWish { AcrossZones = true }),
        };
        Golden.Check($"waves/{name}.txt", PlanText.Of(WavePlanner.Plan(topology, wish).Plan!));
    }

    [Fact]
    public void Thirty_shards_take_at_most_a_fifth_of_the_waves_of_one_at_a_time()
    {
        var sixty = Clusters.Placed(30, 1, 3);
        var (waves, one) = (Waves(sixty, WaveWish.Default), Waves(sixty, new WaveWish { MaxParallel = 1 }));
        Assert.Equal(60, one);
        Assert.True(waves * 5 <= one, $"{waves} waves");
    }

    [Fact]
    public void Five_hundred_shards_are_planned_quickly()
    {
        var plan = WavePlanner.Plan(Clusters.Placed(500, 1, 3), WaveWish.Default).Plan!;
        Assert.Equal(1000, plan.Stages.SelectMany(s => s.Steps).OfType<RestartMember>().Count());
    }

    [Fact]
    public void The_first_wave_of_an_untried_revision_is_one_member()
    {
        var plan = WavePlanner.Plan(Clusters.Placed(30, 1, 3), WaveWish.Default).Plan!;
        Assert.Single(plan.Stages[0].Steps);
        var tried = WavePlanner
            .Plan(plan.Stages[0].Steps[0].ApplyTo(Clusters.Placed(30, 1, 3)), WaveWish.Default)
            .Plan!;
        Assert.True(tried.Stages[0].Steps.Length > 1);
    }

    [Fact]
    public void What_is_down_comes_back_before_others_go()
    {
        var replica = Six.Shards()[0].Replicas[0].Member!;
        var plan = WavePlanner.Plan(Six.Down(replica), WaveWish.Default).Plan!;
        Assert.Equal([replica], plan.Stages[0].Steps.OfType<RestartMember>().Select(r => r.Member));
        Assert.Equal(6, plan.Stages.SelectMany(s => s.Steps).OfType<RestartMember>().Count());
    }

    [Fact]
    public void A_primary_that_is_down_with_all_of_its_shard_comes_back_as_it_is()
    {
        var shard = Six.Shards()[0];
        var down = Six.Down(shard.Primary.Member!);
        var plan = WavePlanner.Plan(down, WaveWish.Default).Plan!;
        Assert.Empty(PlanChecker.Check(plan, down));
        Assert.Equal(6, plan.Stages.SelectMany(s => s.Steps).OfType<RestartMember>().Count());
        Assert.DoesNotContain(
            plan.Stages.SelectMany(s => s.Steps).OfType<HandOver>(),
            h => h.From == shard.Primary.Id || h.Node == shard.Primary.Id
        );
    }

    [Fact]
    public void A_shard_that_nobody_can_take_over_is_refused_unless_its_slots_may_be_away()
    {
        var bare = Clusters.Placed(3, 0, 3);
        Assert.Equal(["no-taker", "no-taker", "no-taker"], WavePlanner.Plan(bare, WaveWish.Default).Refusals.Codes());
        var plan = WavePlanner.Plan(bare, new WaveWish { AllowDowntime = true, AcrossZones = true }).Plan!;
        Assert.Equal(3, plan.Stages.Length); // a majority of three is two
        Assert.Equal(["slots-away", "slots-away", "slots-away"], plan.Notes.Codes());
        Assert.Empty(PlanChecker.Check(plan, bare));
    }

    [Fact]
    public void Without_the_word_for_it_the_checker_lets_no_slots_be_away()
    {
        var bare = Clusters.Placed(3, 0, 3);
        var plan = WavePlanner.Plan(bare, new WaveWish { AllowDowntime = true }).Plan!;
        var silent = plan with
        {
            Stages =
            [
                .. plan.Stages.Select(s =>
                    s with
                    {
                        Steps = [.. s.Steps.Cast<RestartMember>().Select(r => r with { AllowsDowntime = false })],
                    }
                ),
            ],
        };
        Assert.Contains("owner-restarted", PlanChecker.Check(silent, bare).Codes());
        Assert.Contains("shard-gone", PlanChecker.Check(silent, bare).Codes());
    }

    [Fact]
    public void A_replica_that_is_not_in_sync_takes_over_nothing()
    {
        var replica = Six.Shards()[0].Replicas[0].Member!;
        var syncing = Six.Change(replica, n => n with { Link = LinkState.Syncing });
        var refused = Assert.Single(WavePlanner.Plan(syncing, WaveWish.Default).Refusals);
        Assert.Equal("no-taker", refused.Code);
        Assert.Contains(replica, refused.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_of_no_shard_have_their_turn_too()
    {
        var eight = Members.Fresh(7, 3);
        var topology = Six with
        {
            Members = Six.Members.Add(
                "m-6",
                eight.Members["m-6"] with
                {
                    Revision = Clusters.Old,
                    DesiredRevision = Clusters.New,
                }
            ),
            Nodes = [.. Six.Nodes, eight.NodeOf("m-6")! with { Alone = false, Apart = false, Joined = true }],
        };
        var plan = WavePlanner.Plan(topology, WaveWish.Default).Plan!;
        Assert.Contains(
            plan.Stages.SelectMany(s => s.Steps).OfType<RestartMember>(),
            r => r.Member == "m-6" && r.Reason == "it is in no shard"
        );
    }

    [Fact]
    public void A_member_that_no_node_is_known_of_is_refused() =>
        Assert.Contains("member-unknown", WavePlanner.Plan(Six.Without("m-4"), WaveWish.Default).Refusals.Codes());

    [Fact]
    public void A_member_that_starts_empty_needs_another_copy()
    {
        var wish = new WaveWish { StartsEmpty = _ => true, AllowDowntime = true };
        Assert.Equal(
            ["no-other-copy", "no-other-copy", "no-other-copy"],
            WavePlanner.Plan(Clusters.Placed(3, 0, 3), wish).Refusals.Codes()
        );
        var plan = WavePlanner.Plan(Six, wish).Plan!;
        Assert.Empty(PlanChecker.Check(plan, Six));
        Assert.All(
            plan.Stages.SelectMany(s => s.Steps).OfType<RestartMember>(),
            r => Assert.Equal([r.Node], r.Erases(Six))
        );
    }

    [Fact]
    public void Going_back_hands_over_to_the_replicas_that_were_kept()
    {
        var kept = WavePlanner.Plan(Six, new WaveWish { KeepsOne = true }).Plan!.Outcome(Six);
        var back = kept with
        {
            Members = kept.Members.ToImmutableSortedDictionary(
                m => m.Key,
                m => m.Value with { DesiredRevision = Clusters.Old },
                StringComparer.Ordinal
            ),
        };
        var plan = WavePlanner.Plan(back, new WaveWish { StartsEmpty = _ => true }).Plan!;
        Assert.Equal(3, plan.Stages.SelectMany(s => s.Steps).OfType<RestartMember>().Count());
        Assert.Equal(3, plan.Stages.SelectMany(s => s.Steps).OfType<HandOver>().Count());
        Assert.Empty(PlanChecker.Check(plan, back));
        var after = plan.Outcome(back);
        Assert.All(after.Members.Values, m => Assert.Equal(Clusters.Old, m.Revision));
        Assert.Equal(LayoutDebt.Of(Six), LayoutDebt.Of(after));
    }

    private static int Waves(Topology topology, WaveWish wish) =>
        WavePlanner.Plan(topology, wish).Plan!.Stages.Count(s => s.Steps.Any(x => x is RestartMember));
}
