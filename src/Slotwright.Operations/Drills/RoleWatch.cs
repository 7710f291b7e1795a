using System.Collections.Concurrent;
using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Drills;
using Slotwright.Core.Failures;
using Slotwright.Operations.Observing;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Operations.Drills;

/// <summary>
/// Asks every member many times a second which role it has, and tells of promotions: of whoever calls itself a primary
/// with a larger configuration epoch than the shard had before. One that comes back with its old epoch is none.
/// </summary>
/// <param name="promoted">Told of each promotion, with the timestamp when it had certainly happened.</param>
internal sealed class RoleWatch(
    ClusterSession session,
    ImmutableArray<DrillShard> shards,
    Action<int, string, NodeAddress, long> promoted
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Forever = TimeSpan.FromDays(2);
    private static readonly ImmutableArray<RespCommand> Questions =
    [
        RespCommand.Of("ROLE"),
        RespCommand.Of("CLUSTER", "INFO"),
    ];

    private readonly Lock _gate = new();
    private readonly TimeSpan _pause = TimeSpan.FromMilliseconds(
        Math.Max(25, shards.Sum(s => s.Replicas.Length + 1)) // a thousand questions a second in all
    );
    private readonly ImmutableArray<(string Member, int Shard, RoleHistory History)> _members =
    [
        .. shards.SelectMany((s, i) => s.Members.Select(m => (m, i, new RoleHistory()))),
    ];
    private readonly string[] _primaries = [.. shards.Select(s => s.Primary)];
    private readonly long[] _epochs = [.. shards.Select(s => s.Epoch)];
    private readonly ConcurrentDictionary<string, Member> _places = new(StringComparer.Ordinal);

    /// <summary>Ends by its token alone.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await LearnPlacesAsync(ct);
            await Task.WhenAll(_members.Select(m => WatchAsync(m.Member, m.Shard, m.History, ct)));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // that is its end
        }
    }

    /// <summary>Who was promoted last in a shard; its primary at the beginning where nobody was.</summary>
    public string PrimaryOf(int shard)
    {
        lock (_gate)
        {
            return _primaries[shard];
        }
    }

    public bool HasTakenOver(DrillShard shard) => PrimaryOf(shards.IndexOf(shard)) != shard.Primary;

    /// <summary>Everybody's roles between two timestamps.</summary>
    public ImmutableArray<MemberRoles> Between(long from, long to)
    {
        lock (_gate)
        {
            return
            [
                .. _members.Select(m => new MemberRoles(m.Member, m.Shard, m.History.Between(Time(from), Time(to)))),
            ];
        }
    }

    private async Task WatchAsync(string member, int shard, RoleHistory history, CancellationToken ct)
    {
        Task<ImmutableArray<RespValue>>? asked = null;
        var askedAt = 0L;
        await Wait.UntilAsync(
            async inner =>
            {
                if (asked is null)
                {
                    askedAt = session.Time.GetTimestamp();
                    asked = AskAsync(member, inner);
                }
                await Task.WhenAny(asked, Task.Delay(Patience, session.Time, inner));
                inner.ThrowIfCancellationRequested();
                var at = session.Time.GetTimestamp();
                if (!asked.IsCompleted)
                {
                    Told(member, shard, history, (at, at), MemberState.Silent, null);
                    return false;
                }
                var (state, epoch) = await JudgeAsync(asked);
                asked = null;
                Told(member, shard, history, (askedAt, at), state, epoch);
                if (state == MemberState.Down)
                {
                    await LearnPlacesAsync(inner); // it may have come back elsewhere
                }
                return false;
            },
            Forever,
            _pause,
            session.Time,
            ct
        );
    }

    private async Task<ImmutableArray<RespValue>> AskAsync(string member, CancellationToken ct)
    {
        var place = _places[member];
        var connection = await session.ConnectAsync(place, ct);
        return await connection.SendAllAsync(Questions, ct);
    }

    private static async Task<(MemberState State, long? Epoch)> JudgeAsync(Task<ImmutableArray<RespValue>> asked)
    {
        try
        {
            var replies = await asked;
            if (replies[0] is not RespValue.Array { Items: [var role, ..] } || replies[1].AsText() is not { } text)
            {
                return (MemberState.Silent, null);
            }
            var cluster = ClusterInfoParser.Parse(text, []);
            return (
                role.AsText() != "master" ? MemberState.Replica
                : cluster.StateOk ? MemberState.Primary
                : MemberState.Halted,
                cluster.MyEpoch
            );
        }
        catch (OperationFailedException)
        {
            return (MemberState.Down, null);
        }
        catch (ReplyFormatException)
        {
            return (MemberState.Silent, null);
        }
    }

    private void Told(
        string member,
        int shard,
        RoleHistory history,
        (long Asked, long Answered) at,
        MemberState state,
        long? epoch
    )
    {
        lock (_gate)
        {
            history.Told(Time(at.Asked), Time(at.Answered), state);
            var isNew =
                state is MemberState.Primary or MemberState.Halted
                && epoch > _epochs[shard]
                && !string.Equals(_primaries[shard], member, StringComparison.Ordinal);
            if (!isNew)
            {
                return;
            }
            (_primaries[shard], _epochs[shard]) = (member, epoch!.Value);
        }
        promoted(shard, member, _places[member].Address, at.Answered);
    }

    private async Task LearnPlacesAsync(CancellationToken ct)
    {
        foreach (var member in await session.Target.ListMembersAsync(ct))
        {
            _places[member.Name] = member;
        }
    }

    private TimeSpan Time(long timestamp) => session.Time.GetElapsedTime(0, timestamp);
}
