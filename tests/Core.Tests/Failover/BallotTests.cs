using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failover;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;

namespace Slotwright.Core.Tests.Failover;

public sealed class BallotTests
{
    private static readonly NodeId Primary = SixMembers.Id(0);
    private static readonly NodeId Replica = SixMembers.Id(3);

    [Fact]
    public void A_voter_counts_that_has_a_link_to_the_replica_and_takes_it_for_the_primarys()
    {
        Assert.True(Ballot.Counts([Row(Replica, Primary, linked: true)], Replica, Primary));
        Assert.False(Ballot.Counts([Row(Replica, Primary, linked: false)], Replica, Primary));
        Assert.False(Ballot.Counts([Row(Replica, null, linked: true)], Replica, Primary));
        Assert.False(Ballot.Counts([Row(Replica, SixMembers.Id(1), linked: true)], Replica, Primary));
        Assert.False(Ballot.Counts([Row(SixMembers.Id(4), Primary, linked: true)], Replica, Primary));
    }

    [Theory]
    [InlineData(3, 0, true)]
    [InlineData(2, 1, true)]
    [InlineData(1, 2, false)]
    [InlineData(2, 2, false)]
    [InlineData(0, 0, false)]
    public void More_than_half_of_all_voters_must_count(int counting, int silent, bool isWon)
    {
        ImmutableArray<PeerRow> rows = [Row(Replica, Primary, linked: true)];
        Assert.Equal(
            isWon,
            Ballot.IsWon(
                [.. Enumerable.Repeat(rows, counting), .. Enumerable.Repeat<ImmutableArray<PeerRow>>([], silent)],
                Replica,
                Primary
            )
        );
    }

    private static PeerRow Row(NodeId id, NodeId? primary, bool linked) =>
        new(id, null, 0, "", PeerFlags.None, primary, 0, 0, 1, linked, SlotSet.Empty, []);
}
