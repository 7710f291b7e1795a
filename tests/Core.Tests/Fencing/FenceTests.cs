using System.Collections.Immutable;
using Slotwright.Core.Fencing;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Fencing;

public sealed class FenceTests
{
    private const string A = "a0aa";
    private const string B = "b0bb";
    private const string C = "c0cc";

    private static readonly FencedReplica Full = Replica(3) with { ReplicationId = A, Offset = 100, Keys = 10 };

    [Fact]
    public void Who_owns_no_slots_or_has_an_append_only_file_starts()
    {
        Assert.IsType<FenceDecision.Start>(Fence.Judge(Evidence(OwnData.Empty) with { Shard = null }));
        Assert.IsType<FenceDecision.Start>(Judge(OwnData.Complete, [], Full));
    }

    [Fact]
    public void Who_is_empty_has_the_replica_with_the_highest_offset_promoted()
    {
        var ahead = Replica(4) with { ReplicationId = A, Offset = 101, Keys = 9 };
        var unsynced = Replica(5) with { ReplicationId = C, Offset = 900, Keys = 0 };

        Assert.Equal(ahead, Promoted(OwnData.Empty, [], Full, ahead, unsynced));
    }

    [Fact]
    public void Where_all_are_empty_nobody_waits() =>
        Assert.IsType<FenceDecision.Start>(Judge(OwnData.Empty, [], Replica(3), Replica(4)));

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    [InlineData(101, false)]
    public void Within_a_stream_the_offset_tells(long own, bool isPromoted) =>
        Assert.Equal(isPromoted, Judge(Snapshot(A, own), [A], Full) is FenceDecision.Promote);

    /// <summary>Two restarts of a primary: each began a stream, and its replica copied all in each.</summary>
    [Fact]
    public void A_later_stream_has_more_whatever_the_offset()
    {
        var copied = Full with { ReplicationId = C, Offset = 5 };
        Assert.Equal(copied, Promoted(Snapshot(A, 100), [A, B, C], copied));
        Assert.Equal(copied, Promoted(Snapshot(A, 100), [A, B], copied)); // killed before it could note the last
        Assert.IsType<FenceDecision.Start>(Judge(Snapshot(C, 5), [A, B, C], Full));
        Assert.IsType<FenceDecision.Start>(Judge(Snapshot(B, 5), [A, B, C], Full with { Offset = 900 }));
    }

    [Fact]
    public void A_stream_that_followed_the_members_own_has_more() =>
        Assert.IsType<FenceDecision.Promote>(
            Judge(Snapshot(A, 100), [], Full with { ReplicationId = B, FormerReplicationId = A })
        );

    /// <summary>Notes came with Slotwright: a cluster that was taken over has none at first.</summary>
    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void Where_nobody_noted_streams_the_offset_tells(long own, bool isPromoted) =>
        Assert.Equal(isPromoted, Judge(Snapshot(B, own), [], Full) is FenceDecision.Promote);

    /// <summary>A whole cluster whose appendonly was switched on: all have files made of their snapshots.</summary>
    [Theory]
    [InlineData(10, false)]
    [InlineData(9, true)]
    public void Of_replicas_that_tell_no_stream_since_all_were_switched_the_keys_tell(long own, bool isPromoted)
    {
        var read = Full with { ReplicationId = C, Offset = 0 };
        var data = Snapshot(A, 100) with { IsSwitched = true, Keys = own };

        Assert.Equal(isPromoted, Judge(data, [A], read) is FenceDecision.Promote);
        Assert.IsType<FenceDecision.Start>(Judge(data with { Keys = null }, [A], read));
        Assert.IsType<FenceDecision.Promote>(Judge(data with { IsSwitched = false }, [A], read));
    }

    /// <summary>Elected before its append-only file was whole, it could keep nothing of what it acknowledged.</summary>
    [Fact]
    public void Who_kept_no_append_only_file_has_less_than_a_replica_that_has_read_its_own()
    {
        var read = Full with { ReplicationId = C, Offset = 0, Keys = 3 };
        var data = Snapshot(B, 100) with { IsResuming = true, Keys = 10 };

        Assert.Equal(read, Promoted(data, [], read));
        Assert.IsType<FenceDecision.Start>(Judge(data, [], read with { Keys = 0 }));
        Assert.IsType<FenceDecision.Start>(Judge(data with { IsResuming = false }, [], read));
    }

    [Fact]
    public void A_replica_that_has_not_answered_is_waited_for_and_then_holds_it_back()
    {
        var silent = Replica(4) with { State = ReplicaState.Silent };
        var own = Snapshot(A, 100);

        Assert.IsType<FenceDecision.Wait>(Fence.Judge(Evidence(own, Full, silent)));
        var held = Assert.IsType<FenceDecision.HoldBack>(
            Fence.Judge(Evidence(own, Full, silent) with { IsLate = true })
        );
        Assert.Equal(["m-4"], held.Missing);
        Assert.IsType<FenceDecision.Promote>(
            Fence.Judge(Evidence(own, Full with { Offset = 101 }, silent) with { IsLate = true })
        );
        Assert.IsType<FenceDecision.Start>(
            Fence.Judge(Evidence(own, Full, silent) with { IsLate = true, WhenUnknown = WhenUnknown.Start })
        );
    }

    [Fact]
    public void A_replica_that_loads_is_waited_for_without_end_and_one_that_lost_its_volume_is_not()
    {
        var loading = Replica(4) with { State = ReplicaState.Loading };
        var evidence = Evidence(OwnData.Empty, loading) with { IsLate = true, WhenUnknown = WhenUnknown.Start };

        Assert.IsType<FenceDecision.Wait>(Fence.Judge(evidence));
        Assert.IsType<FenceDecision.Start>(Judge(OwnData.Empty, [], Replica(4) with { State = ReplicaState.Replaced }));
    }

    [Fact]
    public void Where_another_has_taken_over_it_waits_for_the_news()
    {
        var evidence = Evidence(OwnData.Empty, Full);
        Assert.IsType<FenceDecision.Wait>(
            Fence.Judge(evidence with { Shard = evidence.Shard! with { TakenOverBy = "m-3" } })
        );
    }

    private static FencedReplica Promoted(
        OwnData own,
        ImmutableArray<string> streams,
        params FencedReplica[] replicas
    ) => Assert.IsType<FenceDecision.Promote>(Judge(own, streams, replicas)).Replica;

    private static FenceDecision Judge(OwnData own, ImmutableArray<string> streams, params FencedReplica[] replicas) =>
        Fence.Judge(Evidence(own, replicas) with { Streams = streams });

    private static FenceEvidence Evidence(OwnData own, params FencedReplica[] replicas) =>
        new(own, [], new FencedShard(Members.Id(0), [.. replicas], null), IsLate: false, WhenUnknown.Wait);

    private static OwnData Snapshot(string stream, long offset) => new(OwnDataKind.Snapshot, stream, offset);

    private static FencedReplica Replica(int ordinal) =>
        new(Members.Id(ordinal), Members.Name(ordinal), ReplicaState.Answered);
}
