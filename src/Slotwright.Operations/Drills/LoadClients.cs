using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Core.Health;
using Slotwright.Operations.Observing;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;
using Slotwright.Valkey.Routing;

namespace Slotwright.Operations.Drills;

/// <summary>The clients of a run, and the shards as they find them.</summary>
internal sealed class LoadClients : IAsyncDisposable
{
    private static readonly RespCommand Info = RespCommand.Of("INFO");

    private readonly ClusterSession _session;
    private readonly ImmutableArray<Member> _members;

    private LoadClients(ClusterSession session, ImmutableArray<Member> members, ImmutableArray<ClusterClient> all)
    {
        _session = session;
        _members = members;
        All = all;
    }

    public ImmutableArray<ClusterClient> All { get; }

    /// <summary>Each owner of slots and its slots, in the order of these.</summary>
    /// <param name="all">Is to take what becomes of their operations.</param>
    public IEnumerable<(NodeAddress Owner, LoadShard Shard)> Shards(RunTimeline all)
    {
        var map = All[0].Map;
        return map
            .Addresses.Select(a => (Owner: a, Slots: map.SlotsOf(a)))
            .Where(s => !s.Slots.IsEmpty)
            .OrderBy(s => s.Slots.Ranges[0].First)
            .Select(s => (s.Owner, new LoadShard(s.Slots, NameOf(s.Owner), s.Owner, all)));
    }

    public static async Task<LoadClients> OpenAsync(
        ClusterSession session,
        LoadOptions options,
        Random random,
        Action<LateReply> late,
        CancellationToken ct
    )
    {
        var credentials = await session.GetCredentialsAsync(ct);
        var members = await session.Target.ListMembersAsync(ct);
        var opening = Enumerable
            .Range(0, options.Clients)
            .Select(_ => new ClusterClientOptions(
                [.. members.Select(m => m.Address)],
                session.Target.ConnectAsync,
                credentials,
                session.Time,
                new Random(random.Next())
            )
            {
                Budget = LoadOptions.Budget,
                Depth = options.Pipeline,
                Pause = TimeSpan.FromMilliseconds(5),
                MapInterval = TimeSpan.FromMilliseconds(Math.Clamp(5 * options.Clients, 20, 500)), // 200 a second in all
                Late = late,
                Find = async inner => [.. (await session.Target.ListMembersAsync(inner)).Select(m => m.Address)],
            })
            .ToArray()
            .Select(o => ClusterClient.OpenAsync(o, ct))
            .ToArray();
        try
        {
            return new LoadClients(session, members, [.. await Task.WhenAll(opening)]);
        }
        catch
        {
            foreach (var client in opening.Where(o => o.IsCompletedSuccessfully))
            {
                await client.Result.DisposeAsync();
            }
            throw;
        }
    }

    /// <summary>Null where it has room, or can't be asked.</summary>
    /// <param name="needed">Bytes.</param>
    public async Task<Finding?> MemoryOfAsync(NodeAddress primary, long needed, CancellationToken ct)
    {
        using var limit = new PhaseLimit(LoadOptions.Budget, TimeSpan.Zero, _session.Time, ct);
        try
        {
            var connection = await _session.ConnectAsync(primary, NameOf(primary), limit.Token);
            return await connection.SendAsync(Info, limit.Token) is var reply && reply.AsText() is { } text
                ? MemoryCheck.Judge(NameOf(primary), ServerInfoParser.Parse(text, []), needed)
                : null;
        }
        catch (Exception e) when (e is OperationFailedException or ReplyFormatException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in All)
        {
            await client.DisposeAsync();
        }
    }

    private string NameOf(NodeAddress address) =>
        _members
            .FirstOrDefault(m => m.Address == address || new NodeAddress(m.Hostname, m.Address.Port) == address)
            ?.Name
        ?? address.ToString();
}
