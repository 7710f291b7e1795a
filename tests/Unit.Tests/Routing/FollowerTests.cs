using Slotwright.Core.Slots;
using Slotwright.Valkey.Resp;
using static Slotwright.Unit.Tests.Routing.FakeCluster;

namespace Slotwright.Unit.Tests.Routing;

/// <summary>Commands that follow another on its connection, as WAIT does.</summary>
public sealed class FollowerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500);
    private readonly FakeCluster _cluster = new();

    private FakeNode First => _cluster.Nodes[0];

    private FakeNode Second => _cluster.Nodes[1];

    [Fact]
    public async Task A_follower_goes_with_its_command_to_whoever_answers_it()
    {
        await using var client = await _cluster.ClientAsync();
        var key = _cluster.KeyOf(First);
        _cluster.Give(Second, SlotSet.OfSlots([SlotOf(key)]));

        var reply = await client.SendAsync(
            SlotOf(key),
            RespCommand.Of("SET", key, "1"),
            RespCommand.Of("WAIT", "1", "100"),
            TimeSpan.FromSeconds(10),
            default
        );

        Assert.Equal(RespValue.Integer.Of(1), reply.Then);
        Assert.Equal([$"SET {key} 1", "WAIT 1 100"], Second.Log);
    }

    [Fact]
    public async Task A_follower_that_is_not_answered_takes_nothing_from_the_reply()
    {
        await using var client = await _cluster.ClientAsync(Soon);
        var key = _cluster.KeyOf(First);
        First.Answer = c =>
        {
            if (c[0] == "WAIT")
            {
                First.BreakAsync().GetAwaiter().GetResult();
            }
            return null;
        };

        var reply = await client.SendAsync(
            SlotOf(key),
            RespCommand.Of("SET", key, "1"),
            RespCommand.Of("WAIT", "1", "100"),
            Soon,
            default
        );

        Assert.Equal((new RespValue.Simple("OK"), (RespValue?)null), (reply.Reply, reply.Then));
    }

    [Fact]
    public async Task Commands_that_are_answered_while_a_follower_is_under_way_share_the_next()
    {
        await using var client = await _cluster.ClientAsync(depth: 100);
        var key = _cluster.KeyOf(First);
        var slot = SlotOf(key);
        await SetAsync(client, key);
        var isShared = false;
        for (var round = 0; round < 50 && !isShared; round++) // on a busy machine each may be answered before the next is read
        {
            First.Pause();
            var (before, waits) = (First.Arrived, Waits());
            var sent = Enumerable
                .Range(0, 50)
                .Select(_ =>
                    client
                        .SendAsync(
                            slot,
                            RespCommand.Of("SET", key, "1"),
                            RespCommand.Of("WAIT", "1", "100"),
                            TimeSpan.FromSeconds(10),
                            default
                        )
                        .AsTask()
                )
                .ToArray();
            await EventuallyAsync(() => First.Arrived == before + sent.Length);
            First.Resume();
            var replies = await Task.WhenAll(sent);

            Assert.All(replies, r => Assert.Equal(RespValue.Integer.Of(1), r.Then));
            Assert.InRange(Waits() - waits, 2, sent.Length);
            Assert.StartsWith("WAIT", First.Log[^1], StringComparison.Ordinal);
            isShared = Waits() - waits < sent.Length;
        }
        Assert.True(isShared);

        int Waits() => First.Log.Count(c => c.StartsWith("WAIT", StringComparison.Ordinal));
    }
}
