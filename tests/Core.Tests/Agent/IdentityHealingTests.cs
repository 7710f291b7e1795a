using Slotwright.Core.Agent;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;

namespace Slotwright.Core.Tests.Agent;

/// <summary>A member that came back empty joins, replicates, and has what it was before forgotten; never too early.</summary>
public sealed class IdentityHealingTests
{
    private static readonly Scene Lost = Scene.Formed.Fail('d');

    [Fact]
    public void Who_is_alone_and_empty_asks_the_others()
    {
        var evidence = Lost.Alone(3) with { Members = null };
        Assert.IsType<AgentDecision.AskMembers>(AgentJudge.Decide(evidence));
        Rests("holds 3 keys", evidence with { Keys = 3 });
    }

    [Fact]
    public void It_joins_by_a_primary_and_by_another_one_the_next_time()
    {
        var met = Assert.IsType<AgentDecision.Meet>(AgentJudge.Decide(Lost.Alone(3)));
        Assert.Equal((HealKind.Identity, Scene.Id('a')), (met.Kind, Assert.Single(met.Nodes).Id));
        met = Assert.IsType<AgentDecision.Meet>(AgentJudge.Decide(Lost.Alone(3) with { Tries = 1 }));
        Assert.Equal(Scene.Id('b'), Assert.Single(met.Nodes).Id);
    }

    [Fact]
    public void It_stays_outside_while_its_old_id_owns_slots_as_anybody_sees_it()
    {
        Rests("still owns slots", Scene.Formed.Fail('a').Alone(0));
        var taken = Scene.Formed.TakeOver('a', by: 'f');
        Assert.IsType<AgentDecision.Meet>(AgentJudge.Decide(taken.Alone(0)));

        var late = taken.Sights();
        var view = late[^1].Nodes.Select(r => r.Id == Scene.Id('a') ? r with { Slots = SlotSet.Split(3)[0] } : r);
        Rests(
            "still owns slots",
            taken.Alone(0) with
            {
                Members = late.SetItem(late.Length - 1, late[^1] with { Nodes = [.. view] }),
            }
        );
    }

    [Fact]
    public void A_suspicion_does_not_suffice_nor_does_the_word_of_a_minority()
    {
        var suspected = Scene.Formed.With('d', r => r with { Flags = r.Flags | PeerFlags.Possible, Linked = false });
        Rests("has not failed for a majority", suspected.Alone(3));
        var sights = Lost.Sights();
        var believers = sights.Select(s =>
            s.Self.Slots.IsEmpty || s.Id == Scene.Id('a')
                ? s
                : s with
                {
                    Nodes = [.. s.Nodes.Select(n => n.Id == Scene.Id('d') ? Scene.Formed['d'] : n)],
                }
        );
        Rests("has not failed for a majority", Lost.Alone(3) with { Members = [.. believers] });
    }

    [Fact]
    public void Whose_address_another_has_taken_is_gone_too() =>
        Assert.IsType<AgentDecision.Meet>(
            AgentJudge.Decide(
                Scene
                    .Formed.With(
                        'd',
                        r => r with { Flags = r.Flags | PeerFlags.NoAddress, Address = null, Linked = false }
                    )
                    .Alone(3)
            )
        );

    [Fact]
    public void A_majority_of_the_primaries_has_to_answer()
    {
        var sights = Lost.Sights();
        var primaries = sights.Where(s => !s.Self.Slots.IsEmpty).ToArray();
        Assert.IsType<AgentDecision.Meet>(AgentJudge.Decide(Lost.Alone(3) with { Members = [.. primaries.Take(2)] }));
        Rests("1 of 3 primaries", Lost.Alone(3) with { Members = [.. primaries.Take(1)] });
        Rests("no majority", Lost.Alone(3) with { Members = [.. sights.Except(primaries)] });
    }

    [Fact]
    public void A_new_ordinal_is_left_to_bootstrap() => Rests("never had m-7.test", Lost.Alone(7));

    [Fact]
    public void Once_in_the_cluster_it_replicates_its_old_shard_and_is_forgotten_when_in_sync()
    {
        var joined = Lost.Back('g', 3);
        var told = Assert.IsType<AgentDecision.Replicate>(AgentJudge.Decide(joined.Of('g')));
        Assert.Equal(Scene.Id('b'), told.Primary);

        var replica = joined.With('g', r => r with { Primary = Scene.Id('b'), Flags = PeerFlags.Replica });
        Rests("copying", replica.Of('g') with { LinkUp = false });
        var forgotten = Assert.IsType<AgentDecision.Forget>(AgentJudge.Decide(replica.Of('g')));
        Assert.Equal([Scene.Id('d')], forgotten.Nodes);
        Assert.IsType<AgentDecision.Rest>(AgentJudge.Decide(replica.Of('a'))); // each for itself
    }

    [Fact]
    public void What_own_view_alone_still_has_is_forgotten_too()
    {
        var joined = Lost.Back('g', 3).With('g', r => r with { Primary = Scene.Id('b') });
        var sights = joined.Sights().Select(s => s with { Nodes = [.. s.Nodes.Where(n => n.Id != Scene.Id('d'))] });
        var decision = AgentJudge.Decide(joined.Of('g') with { Members = [.. sights] });
        Assert.Equal([Scene.Id('d')], Assert.IsType<AgentDecision.Forget>(decision).Nodes);
    }

    [Fact]
    public void A_former_primary_replicates_whoever_took_over_where_that_shard_misses_one()
    {
        var taken = Scene.Formed.TakeOver('a', by: 'f').Back('g', 0);
        var told = Assert.IsType<AgentDecision.Replicate>(AgentJudge.Decide(taken.Of('g')));
        Assert.Equal(Scene.Id('f'), told.Primary);
    }

    [Fact]
    public void A_former_replica_whose_shard_has_another_by_now_goes_where_one_is_missing()
    {
        var scene = Scene.Formed.Fail('d').With('f', r => r with { Primary = Scene.Id('b') }).Back('g', 3);
        var told = Assert.IsType<AgentDecision.Replicate>(AgentJudge.Decide(scene.Of('g')));
        Assert.Equal(Scene.Id('a'), told.Primary);
    }

    [Fact]
    public void Where_no_shard_misses_a_replica_the_member_is_a_spare_and_its_old_id_forgotten()
    {
        var scene = Scene.Formed.Back('h', 6).Fail('h').Back('g', 6);
        Assert.IsType<AgentDecision.Forget>(AgentJudge.Decide(scene.Of('g')));
    }

    [Theory]
    [InlineData("def")]
    [InlineData("fed")]
    [InlineData("edf")]
    public void All_replicas_at_once_are_balanced_in_whatever_order_they_act(string order)
    {
        var scene = Scene.Formed.Fail('d', 'e', 'f').Back('g', 3).Back('h', 4).Back('i', 5);
        foreach (var lost in order)
        {
            scene = Act(scene, (char)(lost + 3));
        }
        Assert.Equal(["abc"], [Shards(scene)]);
    }

    [Theory]
    [InlineData("ghi")]
    [InlineData("igh")]
    public void All_primaries_lost_one_after_the_other_come_back_balanced(string order)
    {
        var scene = Scene
            .Formed.TakeOver('a', by: 'f')
            .TakeOver('b', by: 'd')
            .TakeOver('c', by: 'e')
            .Back('g', 0)
            .Back('h', 1)
            .Back('i', 2);
        var blind = scene; // all act on what they saw before the first did
        foreach (var letter in order)
        {
            var told = Assert.IsType<AgentDecision.Replicate>(AgentJudge.Decide(blind.Of(letter)));
            scene = scene.With(letter, r => r with { Primary = told.Primary, Flags = PeerFlags.Replica });
        }
        Assert.Equal("def", Shards(scene));
    }

    [Fact]
    public void Where_two_took_the_same_place_the_later_name_moves_on_and_only_it()
    {
        var scene = Scene
            .Formed.TakeOver('a', by: 'f')
            .TakeOver('b', by: 'd')
            .Back('g', 0)
            .Back('h', 1)
            .With('g', r => r with { Primary = Scene.Id('f') })
            .With('h', r => r with { Primary = Scene.Id('f') });
        Assert.IsType<AgentDecision.Forget>(AgentJudge.Decide(scene.Of('g')));
        Assert.Equal(Scene.Id('d'), Assert.IsType<AgentDecision.Replicate>(AgentJudge.Decide(scene.Of('h'))).Primary);
    }

    [Fact]
    public void A_primary_that_came_up_under_a_new_id_and_won_slots_only_has_the_old_id_forgotten()
    {
        var scene = Lost.Back('g', 3)
            .With('g', r => r with { Slots = SlotSet.Split(3)[1] })
            .With('b', r => r with { Slots = SlotSet.Empty });
        Assert.IsType<AgentDecision.Forget>(AgentJudge.Decide(scene.Of('g') with { Keys = 10 }));
    }

    private static Scene Act(Scene scene, char letter)
    {
        var told = Assert.IsType<AgentDecision.Replicate>(AgentJudge.Decide(scene.Of(letter)));
        return scene.With(letter, r => r with { Primary = told.Primary, Flags = PeerFlags.Replica });
    }

    /// <summary>The primaries of the replicas that live, each as often as it has one.</summary>
    private static string Shards(Scene scene) =>
        string.Concat(
            scene
                .Rows.Where(r => r.Primary is not null && !r.Flags.HasFlag(PeerFlags.Fail))
                .Select(r => r.Primary!.Value.Value[0])
                .Order()
        );

    private static void Rests(string part, AgentEvidence evidence) =>
        Assert.Contains(part, Assert.IsType<AgentDecision.Rest>(AgentJudge.Decide(evidence)).Reason);
}
