using System.Collections.Immutable;
using Slotwright.Core.Observing;
using Slotwright.Core.Pods;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Pods;

/// <summary>m-0 is a primary, m-5 its only replica.</summary>
public sealed class PreStopTests
{
    private static readonly ImmutableArray<ImmutableArray<PeerRow>> Seen =
    [
        .. Views.Of(SixMembers.Formed).Select(v => v.Report!.Peers),
    ];

    private static readonly HandOverCandidate InSync = new(SixMembers.Id(5), "az-c", true, 100);
    private static readonly PreStopEvidence Primary = new(new(9, 1, 2), Seen[0], false, [InSync], [], 0, 0, false);
    private static readonly PreStopEvidence Replica = Primary with { Nodes = Seen[5], Replicas = [] };

    [Fact]
    public void A_primary_hands_over_to_a_replica_in_sync()
    {
        var over = Assert.IsType<PreStopDecision.HandOver>(PreStop.Decide(Primary));
        Assert.Equal(SixMembers.Id(5), over.To);
    }

    [Fact]
    public void A_replica_goes_at_once()
    {
        var end = Assert.IsType<PreStopDecision.End>(PreStop.Decide(Replica));
        Assert.False(end.IsLast);
    }

    [Fact]
    public void A_primary_whose_replicas_are_not_in_sync_waits_and_at_last_goes_as_the_last()
    {
        var alone = Primary with { Replicas = [InSync with { LinkUp = false }] };
        Assert.IsType<PreStopDecision.Wait>(PreStop.Decide(alone));
        Assert.IsType<PreStopDecision.Wait>(PreStop.Decide(alone with { Replicas = [] }));
        Assert.True(Assert.IsType<PreStopDecision.End>(PreStop.Decide(alone with { IsLate = true })).IsLast);
    }

    [Fact]
    public void A_primary_that_never_had_a_replica_does_not_wait_for_one()
    {
        var bare = Primary with
        {
            Nodes = [.. Seen[0].Where(n => n.Primary is null)],
            Replicas = [],
            IsViewComing = true,
        };
        Assert.True(Assert.IsType<PreStopDecision.End>(PreStop.Decide(bare)).IsLast);
    }

    [Fact]
    public void A_primary_that_has_just_taken_over_waits_a_moment_to_see_who_follows_it()
    {
        var demoted = Seen[0].SetItem(5, Seen[0][5] with { Primary = null });
        var fresh = Primary with { Nodes = demoted, Replicas = [], IsViewComing = true };
        Assert.IsType<PreStopDecision.Wait>(PreStop.Decide(fresh));
        Assert.IsType<PreStopDecision.End>(PreStop.Decide(fresh with { IsViewComing = false }));
    }

    [Fact]
    public void A_primary_without_slots_goes_at_once()
    {
        var empty = Seen[0].SetItem(0, Seen[0][0] with { Slots = SlotSet.Empty });
        Assert.False(Assert.IsType<PreStopDecision.End>(PreStop.Decide(Primary with { Nodes = empty })).IsLast);
    }

    [Fact]
    public void A_replica_whose_primary_has_failed_waits_until_somebody_has_taken_over()
    {
        var orphan = Replica with { Nodes = Seen[5].SetItem(0, Failed(Seen[5][0])) };
        Assert.IsType<PreStopDecision.Wait>(PreStop.Decide(orphan));
        Assert.True(Assert.IsType<PreStopDecision.End>(PreStop.Decide(orphan with { IsLate = true })).IsLast);
    }

    [Fact]
    public void A_hand_over_that_did_not_come_about_is_tried_again_where_the_version_allows_it()
    {
        Assert.IsType<PreStopDecision.HandOver>(PreStop.Decide(Primary with { Failed = 2 }));
        Assert.IsType<PreStopDecision.End>(PreStop.Decide(Primary with { Failed = 3 }));
        var refused = PreStop.Decide(Primary with { Failed = 1, Version = new(8, 0, 9) });
        Assert.Contains("twice the node timeout", Assert.IsType<PreStopDecision.End>(refused).Reason);
        Assert.IsType<PreStopDecision.HandOver>(PreStop.Decide(Primary with { Version = new(8, 0, 9) }));
    }

    [Fact]
    public void With_no_time_left_nothing_new_is_begun() =>
        Assert.IsType<PreStopDecision.End>(PreStop.Decide(Primary with { IsLate = true }));

    [Fact]
    public void To_a_replica_whose_append_only_file_is_not_whole_yet_it_hands_over_only_where_there_is_no_time_to_wait()
    {
        var resuming = Primary with { Replicas = [InSync with { IsResuming = true }] };
        var wait = Assert.IsType<PreStopDecision.Wait>(PreStop.Decide(resuming));
        Assert.Contains("append-only file", wait.Reason);
        Assert.IsType<PreStopDecision.HandOver>(PreStop.Decide(resuming with { IsShort = true }));
        Assert.IsType<PreStopDecision.End>(PreStop.Decide(resuming with { IsShort = true, IsLate = true }));
        var other = InSync with { Id = SixMembers.Id(4), Offset = 1 };
        var over = PreStop.Decide(resuming with { Replicas = [resuming.Replicas[0], other] });
        Assert.Equal(other.Id, Assert.IsType<PreStopDecision.HandOver>(over).To);
    }

    [Fact]
    public void A_replica_that_the_others_could_not_vote_for_is_told_only_where_there_is_no_time_to_wait()
    {
        var unheard = Primary with { Replicas = [InSync with { IsUnheard = true }] };
        var wait = Assert.IsType<PreStopDecision.Wait>(PreStop.Decide(unheard));
        Assert.Contains("most others have no link to its replica", wait.Reason);
        Assert.IsType<PreStopDecision.HandOver>(PreStop.Decide(unheard with { IsShort = true }));
        var other = InSync with { Id = SixMembers.Id(4), Offset = 1 };
        var over = PreStop.Decide(unheard with { Replicas = [unheard.Replicas[0], other] });
        Assert.Equal(other.Id, Assert.IsType<PreStopDecision.HandOver>(over).To);
    }

    [Theory]
    [InlineData(true, true, false, false)]
    [InlineData(true, false, true, false)]
    [InlineData(false, true, false, true)]
    [InlineData(false, false, false, false)]
    [InlineData(false, false, true, true)]
    public void A_snapshot_is_written_where_it_will_be_read(bool aof, bool savePoints, bool isLast, bool saves) =>
        Assert.Equal(saves, new Persistence(aof, savePoints, 0).Saves(isLast));

    [Theory]
    [InlineData(true, 10e9, 30, 3)]
    [InlineData(false, 1e9, 30, 13)]
    [InlineData(false, 10e9, 30, 21)]
    [InlineData(true, 0, 2, 1.4)]
    public void Time_is_set_aside_for_the_shutdown(bool aof, double memory, double grace, double expected)
    {
        var time = new Persistence(aof, true, (long)memory).ShutdownTime(TimeSpan.FromSeconds(grace), isLast: false);
        Assert.Equal(expected, time.TotalSeconds, 0.01);
    }

    private static PeerRow Failed(PeerRow row) => row with { Flags = row.Flags | PeerFlags.Fail };
}
