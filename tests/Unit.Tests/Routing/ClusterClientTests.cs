using Slotwright.Core.Failures;
using Slotwright.Core.Slots;
using Slotwright.Valkey.Resp;
using Slotwright.Valkey.Routing;
using static Slotwright.Unit.Tests.Routing.FakeCluster;

namespace Slotwright.Unit.Tests.Routing;

public sealed class ClusterClientTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);
    private readonly FakeCluster _cluster = new();

    private FakeNode First => _cluster.Nodes[0];

    private FakeNode Second => _cluster.Nodes[1];

    [Fact]
    public async Task A_command_goes_straight_to_the_owner_of_its_slot()
    {
        await using var client = await _cluster.ClientAsync();

        foreach (var key in (string[])["a", "b", "c", "d", "e"])
        {
            var reply = await SetAsync(client, key);
            Assert.Equal((_cluster.OwnerOf(key).Address, 1), (reply.By, reply.Attempts));
            Assert.Equal("1", _cluster.OwnerOf(key)[key]);
        }
    }

    [Fact]
    public async Task Moved_is_followed_and_remembered()
    {
        await using var client = await _cluster.ClientAsync();
        var before = _cluster.Truth();
        _cluster.Told = () => before;
        var key = KeyOf(First);
        _cluster.Give(Second, SlotSet.OfSlots([FakeCluster.SlotOf(key)]));

        var first = await SetAsync(client, key);

        Assert.Equal((Second.Address, 2), (first.By, first.Attempts));
        Assert.Equal("1", Second[key]);
    }

    [Fact]
    public async Task After_a_move_the_whole_map_is_learnt_anew()
    {
        await using var client = await _cluster.ClientAsync();
        _cluster.Give(_cluster.Spare, SlotSet.Of(0, 8191));
        await SetAsync(client, KeyOf(_cluster.Spare));

        await EventuallyAsync(() => client.Map.SlotsOf(_cluster.Spare.Address).Count == 8192);
    }

    [Fact]
    public async Task Ask_is_followed_for_one_command_with_asking_before_it()
    {
        await using var client = await _cluster.ClientAsync();
        var key = KeyOf(First);
        First.Answer = c =>
            c[0] == "SET" ? new RespValue.Error($"ASK {FakeCluster.SlotOf(key)} {Second.Address}") : null;

        var reply = await SetAsync(client, key);

        Assert.Equal(Second.Address, reply.By);
        Assert.Equal(["ASKING", $"SET {key} 1"], Second.Log);
        Assert.Equal(First.Address, client.Map.OwnerOf(FakeCluster.SlotOf(key)));
    }

    [Theory]
    [InlineData("TRYAGAIN Multiple keys request during rehashing of slot")]
    [InlineData("CLUSTERDOWN The cluster is down")]
    [InlineData("LOADING Valkey is loading the dataset in memory")]
    [InlineData("MASTERDOWN Link with MASTER is down")]
    public async Task What_passes_is_tried_again(string error)
    {
        await using var client = await _cluster.ClientAsync();
        var refusals = 3;
        First.Answer = c => c[0] == "SET" && refusals-- > 0 ? new RespValue.Error(error) : null;

        var reply = await SetAsync(client, KeyOf(First));

        Assert.Equal((new RespValue.Simple("OK"), 4), (reply.Reply, reply.Attempts));
    }

    [Fact]
    public async Task Any_other_error_is_a_reply()
    {
        await using var client = await _cluster.ClientAsync();
        First.Answer = c => c[0] == "SET" ? new RespValue.Error("OOM command not allowed") : null;

        var reply = await SetAsync(client, KeyOf(First));

        Assert.Equal((new RespValue.Error("OOM command not allowed"), 1), (reply.Reply, reply.Attempts));
    }

    [Fact]
    public async Task A_broken_connection_is_opened_anew_and_the_command_sent_again()
    {
        await using var client = await _cluster.ClientAsync();
        var key = KeyOf(First);
        await SetAsync(client, key);
        First.Pause();
        var sent = SetAsync(client, key);
        await EventuallyAsync(() => First.Connections == 1);
        await First.BreakAsync();
        First.Resume();

        Assert.Equal(new RespValue.Simple("OK"), (await sent).Reply);
        Assert.Equal(2, First.Connections);
    }

    [Fact]
    public async Task A_dead_primarys_slots_are_found_at_its_successor()
    {
        await using var client = await _cluster.ClientAsync();
        var key = KeyOf(First);
        await SetAsync(client, key);
        await SetAsync(client, KeyOf(Second));
        First.IsDown = true;
        await First.BreakAsync();
        _cluster.Give(_cluster.Spare, SlotSet.Of(0, 8191));

        Assert.Equal(_cluster.Spare.Address, (await SetAsync(client, key)).By);
    }

    [Fact]
    public async Task Who_waits_to_try_again_goes_to_a_new_owner_as_soon_as_one_is_known()
    {
        var options = _cluster.Options() with { Budget = TimeSpan.FromHours(1), Pause = TimeSpan.FromMinutes(30) };
        await using var client = await ClusterClient.OpenAsync(options, default);
        var refused = 0;
        First.Answer = c =>
            c[0] == "SET" && Interlocked.Increment(ref refused) > 0
                ? new RespValue.Error("CLUSTERDOWN Hash slot not served")
                : null;
        var sent = SetAsync(client, KeyOf(First));
        await EventuallyAsync(() => Volatile.Read(ref refused) == 1);
        Assert.False(sent.IsCompleted);

        _cluster.Give(_cluster.Spare, SlotSet.Of(0, 8191));

        Assert.Equal((_cluster.Spare.Address, 2), ((await sent).By, (await sent).Attempts));
    }

    [Fact]
    public async Task A_budget_that_is_used_up_fails_with_what_happened_last()
    {
        // a pause that outlasts the budget: a try in its last moment could end with no answer
        var options = _cluster.Options() with
        {
            Budget = TimeSpan.FromSeconds(2),
            Pause = TimeSpan.FromMinutes(1),
        };
        await using var client = await ClusterClient.OpenAsync(options, default);
        First.Answer = c => c[0] == "SET" ? new RespValue.Error("CLUSTERDOWN Hash slot not served") : null;

        var e = await Assert.ThrowsAsync<OperationFailedException>(() => SetAsync(client, KeyOf(First)));

        Assert.Equal("no answer within 2000 ms; last: CLUSTERDOWN Hash slot not served", e.Message);
        Assert.Equal("CLUSTERDOWN", e.Code);
        Assert.Equal(("fake:7000", "SET"), (e.Member, e.Command));
    }

    [Fact]
    public async Task A_node_that_hangs_uses_up_the_budget_and_keeps_its_connection()
    {
        await using var client = await _cluster.ClientAsync(Soon);
        var key = KeyOf(First);
        First.Pause();
        var e = await Assert.ThrowsAsync<OperationFailedException>(() => SetAsync(client, key));
        Assert.Equal(RoutingTrouble.NoAnswer, e.Code);
        First.Resume();

        await SetAsync(client, key);
        Assert.Equal(1, First.Connections);
        Assert.Equal([$"SET {key} 1", $"SET {key} 1"], First.Log);
    }

    [Fact]
    public async Task A_node_that_hangs_does_not_hold_up_the_slots_of_others()
    {
        await using var client = await _cluster.ClientAsync(TimeSpan.FromMinutes(1), depth: 4);
        First.Pause();
        var hanging = Enumerable.Range(0, 20).Select(_ => SetAsync(client, KeyOf(First))).ToArray();

        for (var i = 0; i < 20; i++)
        {
            await SetAsync(client, KeyOf(Second));
        }

        Assert.DoesNotContain(hanging, t => t.IsCompleted);
        First.Resume();
        await Task.WhenAll(hanging);
    }

    [Fact]
    public async Task No_more_is_unanswered_on_a_connection_than_its_depth_even_if_callers_gave_up()
    {
        await using var client = await _cluster.ClientAsync(Soon, depth: 4);
        var key = KeyOf(First);
        await SetAsync(client, key);
        First.Pause();
        for (var i = 0; i < 2; i++)
        {
            var asked = Enumerable.Range(0, 8).Select(_ => SetAsync(client, key)).ToArray();
            await Task.WhenAll(asked).ContinueWith(_ => { }, TaskScheduler.Default);
            Assert.All(asked, t => Assert.True(t.IsFaulted));
        }
        First.Resume();
        await SetAsync(client, key);

        Assert.Equal(1 + 4 + 1, First.Log.Length);
    }

    [Fact]
    public async Task What_a_node_that_hangs_has_not_answered_or_taken_goes_to_its_successor()
    {
        await using var client = await _cluster.ClientAsync(depth: 1);
        await SetAsync(client, KeyOf(Second));
        First.Pause();
        var sent = SetAsync(client, KeyOf(First));
        var waiting = SetAsync(client, KeyOf(First));
        _cluster.Give(_cluster.Spare, SlotSet.Of(0, 8191));

        Assert.Equal((_cluster.Spare.Address, 1), ((await sent).By, (await sent).Unanswered));
        Assert.Equal((_cluster.Spare.Address, 0), ((await waiting).By, (await waiting).Unanswered));
        First.Resume();
    }

    [Fact]
    public async Task What_is_answered_after_it_was_given_up_is_told_as_late_by_whoever_answered_it()
    {
        var late = new System.Collections.Concurrent.ConcurrentQueue<LateReply>();
        await using var client = await ClusterClient.OpenAsync(
            _cluster.Options() with
            {
                Budget = TimeSpan.FromSeconds(10),
                Late = late.Enqueue,
            },
            default
        );
        var key = KeyOf(First);
        First.Pause();
        var sent = SetAsync(client, key);
        await EventuallyAsync(() => First.Arrived > 0);
        _cluster.Give(_cluster.Spare, SlotSet.Of(0, 8191));
        Assert.Equal(_cluster.Spare.Address, (await sent).By);
        Assert.Empty(late);

        First.Resume();
        await EventuallyAsync(() => !late.IsEmpty);
        var reply = Assert.Single(late);
        Assert.Equal((First.Address, FakeCluster.SlotOf(key), "SET"), (reply.By, reply.Slot, reply.Command.Name));
    }

    [Fact]
    public async Task A_cluster_that_is_elsewhere_by_now_is_found_where_somebody_says_it_is()
    {
        await using var client = await ClusterClient.OpenAsync(
            _cluster.Options() with
            {
                Budget = TimeSpan.FromSeconds(10),
                Find = _ =>
                    ValueTask.FromResult<System.Collections.Immutable.ImmutableArray<Core.Cluster.NodeAddress>>([
                        _cluster.Spare.Address,
                    ]),
            },
            default
        );
        var key = KeyOf(First);
        _cluster.Give(_cluster.Spare, SlotSet.Of(0, 16383));
        First.IsDown = Second.IsDown = true;
        await First.BreakAsync();
        await Second.BreakAsync();

        Assert.Equal(_cluster.Spare.Address, (await SetAsync(client, key)).By);
    }

    [Fact]
    public async Task What_is_slow_but_still_the_owner_is_waited_for()
    {
        await using var client = await _cluster.ClientAsync();
        var key = KeyOf(First);
        First.Pause();
        var sent = SetAsync(client, key);
        await EventuallyAsync(() => _cluster.MapsTold > 2); // it looked for another owner
        First.Resume();

        Assert.Equal((First.Address, 1, 0), ((await sent).By, (await sent).Attempts, (await sent).Unanswered));
    }

    [Fact]
    public async Task Nodes_that_send_a_client_round_in_circles_use_up_the_budget()
    {
        await using var client = await _cluster.ClientAsync(Soon);
        var key = KeyOf(First);
        First.Answer = c => c[0] == "SET" ? new RespValue.Error($"MOVED 1 {Second.Address}") : null;
        Second.Answer = c => c[0] == "SET" ? new RespValue.Error($"MOVED 1 {First.Address}") : null;

        await Assert.ThrowsAsync<OperationFailedException>(() => SetAsync(client, key));
        Assert.InRange(First.Log.Length, 2, 20_000);
    }

    [Fact]
    public async Task Where_no_seed_knows_the_slots_the_client_says_so()
    {
        _cluster.Told = () => new RespValue.Error("ERR This instance has cluster support disabled");

        var e = await Assert.ThrowsAsync<OperationFailedException>(() => _cluster.ClientAsync(Soon));

        Assert.Equal("nobody told who owns the cluster's slots", e.Message);
    }

    [Fact]
    public async Task A_cancelled_command_ends_at_once()
    {
        await using var client = await _cluster.ClientAsync(TimeSpan.FromMinutes(1));
        First.Pause();
        using var stop = new CancellationTokenSource();
        var sent = client.SendAsync(FakeCluster.SlotOf(KeyOf(First)), RespCommand.Of("GET", "x"), stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent);
        First.Resume();
    }

    private string KeyOf(FakeNode node) => _cluster.KeyOf(node);
}
