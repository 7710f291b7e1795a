using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Planning;
using Slotwright.Core.Planning.Steps;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Planning;

public sealed class StepTests
{
    private const string Why = "a test";

    /// <summary>m-1 to m-4 know nobody; m-5 replicates m-0; m-4 runs an old revision, and is held back;
    /// m-1 has slot 7 open, and keys of slot 200.</summary>
    private static readonly Topology Fresh = WithShard(Members.Fresh(6, 3));

    /// <summary>A step of each kind.</summary>
    public static readonly ImmutableArray<Step> Steps =
    [
        new SetEpoch("m-4", Members.Id(4), 5) { Reason = Why },
        new AssignSlots("m-1", Members.Id(1), SlotSet.Of(0, 99)) { Reason = Why },
        new Meet("m-4", Members.Id(4), "m-0", Members.Id(0)) { Reason = Why },
        new Replicate("m-4", Members.Id(4), "m-1", Members.Id(1)) { Reason = Why },
        new HandOver("m-5", Members.Id(5), "m-0", Members.Id(0), HandOverKind.Planned) { Reason = Why },
        new RestartMember("m-4", Members.Id(4), "2") { Reason = Why },
        new AssignLostSlots("m-1", Members.Id(1), SlotSet.Of(200, 299), "m-0", Members.Id(0)) { Reason = Why },
        new LetStart("m-4", Members.Id(4)) { Reason = Why },
        new AddMembers([SixMembers.Members(10)["m-9"]], new ClusterShape(7, 0)) { Reason = Why },
        new Forget([new NamedNode("m-0", Members.Id(0))]) { Reason = Why },
        new RemoveMembers(["m-2"], new ClusterShape(5, 0)) { Reason = Why },
        new MoveSlots("m-0", Members.Id(0), "m-1", Members.Id(1), SlotSet.Of(300, 399)) { Reason = Why },
        new CloseSlots("m-1", Members.Id(1), SlotSet.Of(7, 7)) { Reason = Why },
        new GatherKeys("m-1", Members.Id(1), "m-0", Members.Id(0), SlotSet.Of(200, 200)) { Reason = Why },
        new RaiseEpoch("m-1", Members.Id(1), SlotSet.Of(0, 99)) { Reason = Why },
    ];

    public static TheoryData<string> Kinds => [.. Steps.Select(s => s.GetType().Name)];

    [Fact]
    public void There_is_a_sample_of_each_kind()
    {
        var kinds = typeof(Step).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Step)) && !t.IsAbstract);
        Assert.Equal(kinds.Select(k => k.Name).Order(), Steps.Select(s => s.GetType().Name).Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_is_done_once_it_was_applied_and_not_before(string kind)
    {
        var step = Steps.Single(s => s.GetType().Name == kind);
        Assert.False(step.IsDone(Fresh));
        var once = step.ApplyTo(Fresh);
        Assert.True(step.IsDone(once));
        Assert.Equal(once.Text(), step.ApplyTo(once).Text());
        Assert.NotEqual(Fresh.Text(), once.Text());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_a_node_that_is_gone_it_is_not_done(string kind)
    {
        var step = Steps.Single(s => s.GetType().Name == kind);
        Assert.False(step.IsDone(Fresh.Without("m-1").Without("m-4").Without("m-5")));
    }

    [Fact]
    public void Those_who_met_both_know_somebody()
    {
        var met = Steps.OfType<Meet>().Single().ApplyTo(Fresh);
        Assert.All(["m-0", "m-4"], m => Assert.True(met.NodeOf(m) is { Alone: false, Joined: true, Apart: false }));
        Assert.True(met.NodeOf("m-1") is { Alone: true, Apart: true });
    }

    [Fact]
    public void While_it_begins_to_replicate_a_node_can_t_be_counted_on()
    {
        var step = new Replicate("m-3", SixMembers.Id(3), "m-0", SixMembers.Id(0)) { Reason = Why };
        Assert.Equal(LinkState.Syncing, step.During(SixMembers.Formed).NodeOf("m-3")!.Link);
        Assert.False(step.IsDone(step.During(SixMembers.Formed)));
    }

    [Fact]
    public void Who_already_replicates_that_primary_loses_nothing()
    {
        var same = new Replicate("m-3", SixMembers.Id(3), "m-1", SixMembers.Id(1)) { Reason = Why };
        Assert.Empty(same.Erases(SixMembers.Formed));
        var other = same with { PrimaryMember = "m-0", Primary = SixMembers.Id(0) };
        Assert.Equal([SixMembers.Id(3)], other.Erases(SixMembers.Formed));
    }

    [Fact]
    public void Who_hands_over_follows_and_so_do_the_other_replicas()
    {
        var three = SixMembers.Formed.Change("m-3", n => n with { Primary = SixMembers.Id(0), Link = LinkState.Down });
        var after = Planned.ApplyTo(three);
        Assert.Equal(three.NodeOf("m-0")!.Slots, after.NodeOf("m-5")!.Slots);
        Assert.True(after.NodeOf("m-5") is { IsPrimary: true, Link: LinkState.None });
        Assert.All(
            ["m-0", "m-3"],
            m => Assert.Equal((SixMembers.Id(5), LinkState.InSync), (after.NodeOf(m)!.Primary, after.NodeOf(m)!.Link))
        );
        Assert.Equal(SixMembers.Id(2), after.NodeOf("m-4")!.Primary);
    }

    [Fact]
    public void A_dead_primary_that_lost_its_slots_stays_a_primary_until_it_comes_back()
    {
        var dead = SixMembers.Formed.Change("m-0", n => n with { Reachable = false, Failed = true });
        var after = (Planned with { Kind = HandOverKind.Force }).ApplyTo(dead);
        Assert.True(after.NodeOf("m-0") is { IsPrimary: true, Slots.IsEmpty: true, Reachable: false });
        Assert.True((Planned with { Kind = HandOverKind.Force }).IsDone(after));
    }

    [Fact]
    public void Who_is_no_replica_of_the_primary_takes_nothing_over()
    {
        var other = Planned with { Member = "m-4", Node = SixMembers.Id(4) };
        Assert.Equal(
            SixMembers.Formed.Text(),
            (other with { From = SixMembers.Id(5) }).ApplyTo(SixMembers.Formed).Text()
        );
    }

    [Fact]
    public void While_a_member_restarts_it_can_t_be_counted_on()
    {
        var step = new RestartMember("m-3", SixMembers.Id(3), "2") { Reason = Why };
        var during = step.During(SixMembers.Formed);
        Assert.True(during.NodeOf("m-3") is { Reachable: false, Link: LinkState.Down });
        Assert.False(step.IsDone(during));
        Assert.False(
            step.IsDone(step.ApplyTo(SixMembers.Formed).Change("m-3", n => n with { Link = LinkState.Syncing }))
        );
        Assert.Equal([SixMembers.Id(3)], step.TakesDown());
        Assert.Equal(("2", "2"), (Revision(step), step.ApplyTo(SixMembers.Formed).Members["m-3"].DesiredRevision));

        static string Revision(RestartMember step) => step.ApplyTo(SixMembers.Formed).Members["m-3"].Revision;
    }

    [Fact]
    public void An_epoch_is_only_given_to_who_has_none()
    {
        var step = Steps.OfType<SetEpoch>().Single();
        var other = Fresh.Change("m-4", n => n with { Epoch = 3 });
        Assert.True(step.IsDone(other));
        Assert.Equal(3, step.ApplyTo(other).NodeOf("m-4")!.Epoch);
    }

    private static readonly HandOver Planned = new(
        "m-5",
        SixMembers.Id(5),
        "m-0",
        SixMembers.Id(0),
        HandOverKind.Planned
    )
    {
        Reason = Why,
    };

    private static Topology WithShard(Topology fresh) =>
        fresh
            .Change("m-0", n => n with { Slots = SlotSet.Of(200, 299) })
            .Change("m-1", n => n with { Open = SlotSet.Of(7, 7), Strays = SlotSet.Of(200, 200) })
            .Change("m-4", n => n with { IsHeldBack = true })
            .Change("m-5", n => n with { Primary = Members.Id(0), Link = LinkState.InSync }) with
        {
            Members = fresh.Members.SetItem("m-4", fresh.Members["m-4"] with { Revision = "1", DesiredRevision = "2" }),
        };
}
