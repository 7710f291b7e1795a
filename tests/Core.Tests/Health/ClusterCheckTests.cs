using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Health;
using Slotwright.Core.Observing;
using Slotwright.Core.Slots;
using Slotwright.Core.Tests.Cluster;
using Slotwright.Core.Tests.Support;

namespace Slotwright.Core.Tests.Health;

/// <summary>Each check with its fault; the first test is all of them without.</summary>
public sealed class ClusterCheckTests
{
    private static readonly Topology Formed = SixMembers.Formed;
    private static readonly Expectation One = new(1, AtLeast: false);

    [Fact]
    public void A_cluster_that_is_what_it_should_be_passes_every_check()
    {
        var checks = ClusterChecks.Run(Views.Of(Formed).Merged(Formed), One);
        Assert.All(checks, c => Assert.Equal(Verdict.Ok, c.Verdict));
        Assert.Equal(
            [
                "nodes-reachable",
                "nodes-agree",
                "slots-covered",
                "replicas-in-sync",
                "zones",
                "nothing-open",
                "append-only-written",
                "snapshots-written",
                "memory-left",
            ],
            checks.Codes()
        );
    }

    /// <summary>With cluster-require-full-coverage no, nothing but slots_ok and the owner's silence tell.</summary>
    [Fact]
    public void A_dead_shard_is_found_although_cluster_state_is_ok_and_all_slots_are_assigned()
    {
        var views = Views.Of(Formed).Silence(0).Silence(5);
        Assert.All(
            views.Where(v => v.Report is not null),
            v => Assert.True(v.Report!.Cluster is { StateOk: true, SlotsAssigned: HashSlot.Count })
        );
        var dead = Find(views, "shard-dead");
        Assert.Equal((Verdict.Failed, "slots 0-5460"), (dead.Verdict, dead.Subject));
        Assert.Equal(
            "start m-0: no other member of its shard answers; where its disk is lost, slotwright recover",
            dead.Remedy
        );
        Assert.DoesNotContain(Faults(Views.Of(Formed)), f => f.Code == "shard-dead");
    }

    [Fact]
    public void While_an_heir_lives_the_remedy_is_to_wait_for_its_election() =>
        Assert.Equal(
            "wait for the election of m-5, or start m-0",
            Find(Views.Of(Formed).Silence(0), "shard-dead").Remedy
        );

    [Fact]
    public void A_primary_that_answers_but_is_marked_failed_serves_nobody()
    {
        var views = Views
            .Of(Formed)
            .OthersSay(SixMembers.Id(0), row => row with { Flags = row.Flags | PeerFlags.Fail });
        Assert.Equal("their owner m-0 is marked failed", Find(views, "shard-dead").What);
    }

    [Fact]
    public void A_member_that_does_not_answer_is_found()
    {
        var finding = Find(Views.Of(Formed).Silence(3), "node-unreachable");
        Assert.Equal((Verdict.Failed, "m-3", "connection refused"), (finding.Verdict, finding.Subject, finding.What));
    }

    [Fact]
    public void A_node_that_disagrees_is_found()
    {
        var views = Views.Of(Formed).Says(4, of: 1, row => row with { Slots = SlotSet.Of(5461, 10921) });
        var finding = Find(views, "slot-disagreement");
        Assert.Equal(("m-4", "does not have m-1 as the owner of slots 10922"), (finding.Subject, finding.What));
    }

    [Fact]
    public void A_foreign_node_in_any_view_is_found() =>
        Assert.Equal(Verdict.Failed, Find(Views.Of(Formed).Learns(4, Views.Stranger()), "foreign-node").Verdict);

    [Fact]
    public void A_member_outside_is_found()
    {
        var fresh = Members.Fresh(6, 3);
        Assert.Equal(5, Faults(Views.Of(fresh), fresh).Count(f => f.Code == "member-outside"));
    }

    [Fact]
    public void Shard_ids_that_are_not_equal_yet_are_found()
    {
        var views = Views
            .Of(Formed)
            .With(
                2,
                r =>
                    r with
                    {
                        Shards = [.. r.Shards.SelectMany(s => s.Nodes.Select(n => new ShardRow(null, s.Slots, [n])))],
                    }
            );
        Assert.Equal("m-2", Find(views, "shard-ids-differ").Subject);
        var swapped = Views.Of(Formed).With(2, r => r with { Shards = Swap(r.Shards) });
        Assert.Equal("m-2", Find(swapped, "shard-ids-differ").Subject);
    }

    [Fact]
    public void Slots_without_an_owner_are_found()
    {
        var topology = Formed.Change("m-0", n => n with { Slots = SlotSet.Of(0, 5000) });
        var finding = Find(Views.Of(topology), "slots-uncovered", topology);
        Assert.Equal(("slots 5001-5460", "460 slots have no owner"), (finding.Subject, finding.What));
    }

    [Fact]
    public void A_node_that_says_itself_that_something_is_wrong_is_believed()
    {
        var fails = Views.Of(Formed).WithInfo(1, i => i with { SlotsOk = 10923, SlotsFail = 5461 });
        Assert.Equal(Verdict.Failed, Find(fails, "state-not-ok").Verdict);
        var down = Views.Of(Formed).WithInfo(1, i => i with { StateOk = false });
        Assert.Equal(Verdict.Failed, Find(down, "state-not-ok").Verdict);
        var suspects = Views.Of(Formed).WithInfo(1, i => i with { SlotsOk = 10923, SlotsPossible = 5461 });
        Assert.Equal(Verdict.Warning, Find(suspects, "state-not-ok").Verdict);
    }

    [Fact]
    public void A_missing_replica_is_found()
    {
        var topology = Formed.Change("m-5", n => n with { Primary = SixMembers.Id(1) });
        var finding = Find(Views.Of(topology), "replica-missing", topology);
        Assert.Equal(("slots 0-5460", "m-0 has 0 of 1 replicas"), (finding.Subject, finding.What));
        Assert.Equal(Verdict.Warning, Find(Views.Of(topology), "replica-surplus", topology).Verdict);
        var atLeast = ClusterChecks.Run(Views.Of(topology).Merged(topology), Expectation.OneReplica);
        Assert.DoesNotContain("replica-surplus", atLeast.Codes());
        Assert.Contains("replica-missing", atLeast.Codes());
    }

    [Fact]
    public void Where_no_replicas_are_wanted_their_absence_is_fine()
    {
        var three = Members.Fresh(3, 3) with
        {
            Nodes =
            [
                .. Formed
                    .Nodes.Take(3)
                    .Select((n, i) => n with { Address = Members.Address(i), Hostname = $"m-{i}.test" }),
            ],
        };
        Assert.Empty(Faults(Views.Of(three), three, new Expectation(0, AtLeast: false)));
        Assert.Equal(3, Faults(Views.Of(three), three).Count(f => f.Code == "replica-missing"));
    }

    [Theory]
    [InlineData(false, Verdict.Failed, "its link to m-1 is down")]
    [InlineData(true, Verdict.Warning, "it copies all data from m-1")]
    public void A_replica_whose_link_is_not_up_is_found(bool syncing, Verdict verdict, string what)
    {
        var views = Views.Of(Formed).WithServer(3, s => s with { PrimaryLinkUp = false, SyncInProgress = syncing });
        var finding = Find(views, "replica-link");
        Assert.Equal(("m-3", verdict, what), (finding.Subject, finding.Verdict, finding.What));
    }

    [Theory]
    [InlineData(1024 * 1024, null)]
    [InlineData((1024 * 1024) + 1, Verdict.Warning)]
    [InlineData((10 * 1024 * 1024) + 1, Verdict.Failed)]
    public void A_replica_that_lags_is_found(long lag, Verdict? verdict)
    {
        var views = Views
            .Of(Formed)
            .WithServer(1, s => s with { Offset = 50_000_000 })
            .WithServer(3, s => s with { Offset = 50_000_000 - lag });
        Assert.Equal(verdict, Faults(views).SingleOrDefault(f => f.Code == "replica-lag")?.Verdict);
    }

    [Fact]
    public void A_replica_does_not_lag_behind_a_primary_that_can_t_be_asked()
    {
        var views = Views.Of(Formed).Silence(1).WithServer(3, s => s with { Offset = 5 });
        Assert.DoesNotContain("replica-lag", Faults(views).Codes());
    }

    [Fact]
    public void An_open_slot_is_found()
    {
        var views = Views
            .Of(Formed)
            .Says(0, of: 0, row => row with { OpenSlots = [new OpenSlot(7, Importing: false, SixMembers.Id(1))] });
        var finding = Find(views, "slot-open");
        Assert.Equal(
            (Verdict.Failed, "m-0", "slots 7 are on their way"),
            (finding.Verdict, finding.Subject, finding.What)
        );
    }

    [Fact]
    public void A_primary_without_slots_is_found()
    {
        var topology = Formed.Change("m-5", n => n with { Primary = null, Link = LinkState.None });
        Assert.Equal("m-5", Find(Views.Of(topology), "primary-empty", topology).Subject);
    }

    [Fact]
    public void Versions_that_differ_are_found()
    {
        var views = Views.Of(Formed).WithServer(2, s => s with { Version = new Version(8, 1, 3) });
        Assert.Equal("servers of 8.1.3 and 9.1.0 run side by side", Find(views, "versions-differ").What);
    }

    [Fact]
    public void Words_that_are_not_understood_are_told()
    {
        var views = Views.Of(Formed).With(2, r => r with { Unrecognized = ["INFO: field new_thing"] });
        Assert.Equal(
            (Verdict.Warning, "m-2"),
            (Find(views, "reply-unrecognized").Verdict, Find(views, "reply-unrecognized").Subject)
        );
    }

    [Theory]
    [InlineData(Former.Host, true)]
    [InlineData(Former.Chart, false)]
    [InlineData(Former.Nobody, false)]
    public void Bootstrap_is_a_remedy_only_where_it_is_not_refused(Former former, bool isRemedy)
    {
        var fresh = Members.Fresh(6, 3);
        var gap = Formed.Change("m-0", n => n with { Slots = SlotSet.Of(0, 5000) });
        var bare = Formed.Change("m-5", n => n with { Primary = SixMembers.Id(1) });
        foreach (
            var (topology, code) in new[]
            {
                (fresh, "member-outside"),
                (fresh, "slots-uncovered"),
                (gap, "slots-uncovered"),
                (bare, "replica-missing"),
            }
        )
        {
            var faults = Faults(Views.Of(topology), topology, One with { Former = former });
            var remedies = faults.Where(f => f.Code == code).Select(f => f.Remedy).ToArray();
            Assert.NotEmpty(remedies);
            Assert.All(
                remedies,
                r => Assert.Equal(isRemedy, r.Contains("slotwright bootstrap") || r.Contains("slotwright up"))
            );
        }
    }

    [Fact]
    public void A_server_that_runs_a_script_is_busy_and_not_dead()
    {
        var views = Views.Of(Formed).Silence(0);
        Assert.Contains("shard-dead", Faults(views).Codes());
        views = views.SetItem(0, views[0] with { IsBusy = true, Unreachable = "it is busy", Remedy = "SCRIPT KILL" });
        var busy = Find(views, "node-busy");
        Assert.Equal((Verdict.Failed, "SCRIPT KILL"), (busy.Verdict, busy.Remedy));
        Assert.Equal("see the finding on m-0", Find(views, "shard-busy").Remedy);
        Assert.DoesNotContain("shard-dead", Faults(views).Codes());
        Assert.DoesNotContain("node-unreachable", Faults(views).Codes());
    }

    [Fact]
    public void What_a_view_says_to_do_goes_before_starting_the_member()
    {
        var views = Views.Of(Formed).Silence(3);
        Assert.StartsWith("start it", Find(views, "node-unreachable").Remedy, StringComparison.Ordinal);
        views = views.SetItem(3, views[3] with { Remedy = "check the password" });
        Assert.Equal("check the password", Find(views, "node-unreachable").Remedy);
    }

    [Fact]
    public void A_primary_that_owns_slots_in_its_own_eyes_is_not_told_to_become_a_replica()
    {
        var two = TwoClusters.Of(Formed);
        Assert.Contains("member-outside", Faults(Views.Of(two), two).Codes());
        Assert.DoesNotContain("primary-empty", Faults(Views.Of(two), two).Codes());
    }

    private static ImmutableArray<ShardRow> Swap(ImmutableArray<ShardRow> shards)
    {
        var (a, b) = (shards[0].Nodes, shards[1].Nodes);
        return [shards[0] with { Nodes = [a[0], b[1]] }, shards[1] with { Nodes = [b[0], a[1]] }, .. shards.Skip(2)];
    }

    private static Finding Find(ImmutableArray<NodeView> views, string code, Topology? topology = null) =>
        Assert.Single(Faults(views, topology ?? Formed), f => f.Code == code);

    private static ImmutableArray<Finding> Faults(
        ImmutableArray<NodeView> views,
        Topology? topology = null,
        Expectation? wanted = null
    ) => ClusterChecks.Run(views.Merged(topology ?? Formed), wanted ?? One).RemoveAll(f => f.Verdict == Verdict.Ok);
}
