using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Observing;
using Slotwright.Core.Pods;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;

namespace Slotwright.Core.Tests.Pods;

/// <summary>Strict to become ready, lenient to stay so. m-0 is a primary, m-5 its replica.</summary>
public sealed class ReadinessTests
{
    private static readonly ImmutableArray<ImmutableArray<PeerRow>> Views =
    [
        .. Support.Views.Of(SixMembers.Formed).Select(v => v.Report!.Peers),
    ];

    private static readonly OwnServer Primary = new("run-1", true, false, false, false, true, HashSlot.Count, 0, 6);
    private static readonly OwnServer Replica = Primary with { IsPrimary = false, LinkUp = true };

    /// <summary>A fresh server that knows nobody.</summary>
    private static readonly OwnServer Lone = Primary with { SlotsAssigned = 0, KnownNodes = 1, StateOk = false };

    private static readonly ReadinessEvidence Newcomer = new("m-0.test", Primary, EverReady: false, Views[0]);
    private static readonly ReadinessEvidence Old = Newcomer with { EverReady = true, Nodes = null };
    private static readonly ReadinessEvidence Pending = new("m-0.test", Lone, EverReady: false, [Alone(9)], []);

    [Fact]
    public void A_member_of_a_formed_cluster_becomes_ready_and_is_remembered()
    {
        Assert.Equal(new ReadinessVerdict(ReadinessAnswer.Ready, "primary", AsMember: true), Readiness.Judge(Newcomer));
        Assert.Equal(
            new ReadinessVerdict(ReadinessAnswer.Ready, "replica in sync", AsMember: true),
            Readiness.Judge(Newcomer with { Own = Replica, Nodes = Views[5], Hostname = "m-5.test" })
        );
    }

    [Fact]
    public void To_become_ready_its_view_is_asked_for_and_to_stay_so_nothing_is()
    {
        Assert.Equal(ReadinessAnswer.AskNodes, Readiness.Judge(Newcomer with { Nodes = null }).Answer);
        Assert.Equal(ReadinessAnswer.Ready, Readiness.Judge(Old).Answer);
        Assert.Equal(ReadinessAnswer.AskPeers, Readiness.Judge(Pending with { Peers = null }).Answer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_member_that_loads_is_never_ready(bool everReady) =>
        NotReady("loading", Newcomer with { Own = Primary with { Loading = true }, EverReady = everReady });

    [Fact]
    public void A_replica_becomes_ready_only_with_its_link()
    {
        var down = Newcomer with { Own = Replica with { LinkUp = false }, Nodes = Views[5] };
        NotReady("its link to its primary is down", down);
        NotReady("copying", down with { Own = down.Own with { SyncInProgress = true } });
        NotReady("its link to its primary is down", down with { Nodes = Views[5].SetItem(0, Failed(Views[5][0])) });
    }

    [Fact]
    public void A_replica_that_was_ready_is_not_blamed_for_a_primary_that_failed_but_for_its_own_link()
    {
        var down = Old with { Own = Replica with { LinkUp = false } };
        Assert.Equal(ReadinessAnswer.AskNodes, Readiness.Judge(down).Answer);
        NotReady("its link to its primary is down", down with { Nodes = Views[5] });
        Ready("its primary has failed", down with { Nodes = Views[5].SetItem(0, Failed(Views[5][0])) });
        NotReady("its link to its primary is down", down with { Nodes = Views[5].SetItem(1, Failed(Views[5][1])) });
    }

    [Fact]
    public void Trouble_of_other_shards_makes_nobody_unready()
    {
        var coverageLost = Primary with { StateOk = false, SlotsFailing = 5461 };
        Ready("cluster_state:fail", Old with { Own = coverageLost });
        Ready("2 slots have no owner", Old with { Own = Primary with { SlotsAssigned = HashSlot.Count - 2 } });
        Ready(
            "other shards have failed",
            Newcomer with
            {
                Own = coverageLost,
                Nodes = Views[0].SetItem(1, Failed(Views[0][1])),
            }
        );
    }

    [Fact]
    public void A_newcomer_waits_until_it_has_rejoined_and_reaches_a_majority()
    {
        NotReady("has not rejoined", Newcomer with { Own = Primary with { StateOk = false } });
        var minority = Newcomer with
        {
            Own = Primary with { StateOk = false, SlotsFailing = 10923 },
            Nodes = Views[0].SetItem(1, Failed(Views[0][1])).SetItem(2, Failed(Views[0][2])),
        };
        NotReady("reaches 1 of 3 primaries", minority);
        Ready("cluster_state:fail", minority with { EverReady = true });
    }

    [Fact]
    public void A_name_that_lives_on_in_another_node_is_not_taken_twice()
    {
        var twin = Views[0][4] with { Hostname = "M-0.test" };
        NotReady("as another node", Newcomer with { Nodes = Views[0].SetItem(4, twin) });
        Ready("primary", Newcomer with { Nodes = Views[0].SetItem(4, Failed(twin)) });
    }

    [Fact]
    public void Who_came_back_under_a_new_id_is_ready_as_a_replica_in_sync_and_not_before()
    {
        var former = Failed(Views[0][4]) with { Hostname = "m-0.test" };
        var joined = Views[0].SetItem(4, former).SetItem(0, Views[0][0] with { Slots = SlotSet.Empty });
        Assert.Equal(ReadinessAnswer.AskPeers, Readiness.Judge(Newcomer with { Nodes = joined }).Answer);
        NotReady("replicates nobody yet", Newcomer with { Nodes = joined, Peers = [] });
        var untold = joined.RemoveAt(4); // nobody tells a newcomer of nodes that are dead
        NotReady("replicates nobody yet", Newcomer with { Nodes = untold, Peers = [joined] });
        Ready("primary", Newcomer with { Nodes = untold, Peers = [untold] });
        var replica = joined.SetItem(0, joined[0] with { Primary = joined[1].Id });
        NotReady(
            "copying",
            Newcomer with
            {
                Own = Replica with { LinkUp = false, SyncInProgress = true },
                Nodes = replica,
            }
        );
        Ready("replica in sync", Newcomer with { Own = Replica, Nodes = replica });
    }

    [Fact]
    public void While_no_peer_knows_a_formed_cluster_a_lone_member_is_ready()
    {
        Ready("no member knows a formed cluster", Pending);
        Ready(
            "no member knows a formed cluster",
            Pending with
            {
                Peers =
                [
                    [Alone(8)],
                    [Alone(7)],
                ],
            }
        );
        Assert.False(Readiness.Judge(Pending).AsMember);
    }

    [Fact]
    public void A_lone_member_whose_peers_refuse_its_password_is_not_ready() =>
        NotReady("2 of its peers refuse the password", Pending with { Peers = [], Refusing = 2 });

    [Fact]
    public void A_cluster_that_was_half_formed_does_not_stop_an_upgrade_from_finishing_it()
    {
        var half = Views[0].SetItem(2, Views[0][2] with { Slots = SlotSet.Empty });
        Ready(
            "bootstrap pending",
            Pending with
            {
                Own = Lone with { SlotsAssigned = 10923, KnownNodes = 6 },
                Nodes = half,
                Peers = [half, half],
            }
        );
    }

    [Fact]
    public void An_ordinal_that_the_cluster_never_had_is_ready_and_waits_to_be_joined() =>
        Ready(
            "never had m-6.test",
            Pending with
            {
                Hostname = "m-6.test",
                Peers =
                [
                    [Alone(8)],
                    Views[1],
                ],
            }
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_member_whose_name_the_cluster_knows_under_another_id_is_not_ready(bool everReady) =>
        NotReady(
            "the cluster knows m-0.test as another node, aaaaaaaa",
            Pending with
            {
                Peers = [Views[1].SetItem(0, Failed(Views[1][0]))],
                EverReady = everReady,
            }
        );

    [Fact]
    public void A_member_that_forgot_the_cluster_is_not_ready() =>
        NotReady(
            "does not know the cluster",
            Pending with
            {
                Nodes = [Alone(0)],
                Peers = [Views[1]],
                EverReady = true,
            }
        );

    private static PeerRow Alone(int i) =>
        Views[0][0] with
        {
            Id = i < 6 ? SixMembers.Id(i) : NodeId.Parse(new string((char)('0' + i), 40)),
            Slots = SlotSet.Empty,
            Flags = PeerFlags.Myself | PeerFlags.Primary,
            Hostname = $"m-{i}.test",
        };

    private static PeerRow Failed(PeerRow row) => row with { Flags = row.Flags | PeerFlags.Fail };

    private static void Ready(string part, ReadinessEvidence evidence) =>
        Is(ReadinessAnswer.Ready, part, Readiness.Judge(evidence));

    private static void NotReady(string part, ReadinessEvidence evidence) =>
        Is(ReadinessAnswer.NotReady, part, Readiness.Judge(evidence));

    private static void Is(ReadinessAnswer answer, string part, ReadinessVerdict verdict)
    {
        Assert.Equal(answer, verdict.Answer);
        Assert.Contains(part, verdict.Reason);
    }
}
