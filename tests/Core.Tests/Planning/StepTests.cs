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

    private static readonly Topology Fresh = Members.Fresh(6, 3);

    /// <summary>A step of each kind, on members that know nobody.</summary>
    public static readonly ImmutableArray<Step> Steps =
    [
        new SetEpoch("m-4", Members.Id(4), 5) { Reason = Why },
        new AssignSlots("m-1", Members.Id(1), SlotSet.Of(0, 99)) { Reason = Why },
        new Meet("m-4", Members.Id(4), "m-0", Members.Id(0)) { Reason = Why },
        new Replicate("m-4", Members.Id(4), "m-1", Members.Id(1)) { Reason = Why },
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
        Assert.False(step.IsDone(Fresh.Without("m-1").Without("m-4")));
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
    public void An_epoch_is_only_given_to_who_has_none()
    {
        var step = Steps.OfType<SetEpoch>().Single();
        var other = Fresh.Change("m-4", n => n with { Epoch = 3 });
        Assert.True(step.IsDone(other));
        Assert.Equal(3, step.ApplyTo(other).NodeOf("m-4")!.Epoch);
    }
}
