using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Health;

public sealed class UnfinishedTests
{
    private static readonly Finding LeftBehind = new("setting-left-behind", Verdict.Failed, "m-0", "x", "y", "z");
    private static readonly Finding Other = LeftBehind with { Code = "other" };

    [Fact]
    public void A_formed_cluster_has_nothing_unfinished() =>
        Assert.Equal([Other], Unfinished.First(Of(SixMembers.Formed), [Other]).AsEnumerable());

    [Fact]
    public void Members_that_never_met_come_from_a_bootstrap_that_is_to_go_on() =>
        Assert.Equal(
            "0 of 6 members are one cluster: a bootstrap was cut off, or never begun",
            First(Members.Fresh(6, 3)).What
        );

    [Fact]
    public void So_do_settings_for_the_time_of_forming()
    {
        var found = Unfinished.First(Of(SixMembers.Formed), [Other, LeftBehind]);
        Assert.Equal(["bootstrap-unfinished", "other", "setting-left-behind"], found.Codes());
    }

    /// <summary>Whether it has joined can't be known, and that it is dead is the better explanation.</summary>
    [Fact]
    public void A_member_that_is_dead_is_no_sign_of_it()
    {
        var views = Views.Of(SixMembers.Formed).Silence(2);
        Assert.Equal([Other], Unfinished.First(views.Merged(SixMembers.Formed), [Other]).AsEnumerable());
    }

    private static Finding First(Topology topology) => Unfinished.First(Of(topology), [Other])[0];

    private static Observation Of(Topology topology) => Views.Of(topology).Merged(topology);
}
