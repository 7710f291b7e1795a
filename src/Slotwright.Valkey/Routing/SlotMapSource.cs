using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Routing;

/// <summary>Asks the nodes for the slot map, one after the other, until one tells it; not more often than is useful.</summary>
internal sealed class SlotMapSource(ClusterClientOptions options, Func<NodeAddress, NodeLink> linkOf)
{
    private static readonly RespCommand ClusterSlots = RespCommand.Of("CLUSTER", "SLOTS");

    private readonly Lock _gate = new();
    private SlotMap _map = SlotMap.Empty;
    private Task _refreshing = Task.CompletedTask;
    private long? _lastBegin;

    public SlotMap Map => Volatile.Read(ref _map);

    /// <summary>A node has answered, be it that it knows no owner of any slot.</summary>
    public bool HasAnswer { get; private set; }

    public void Learn(int slot, NodeAddress owner)
    {
        lock (_gate)
        {
            if (_map.OwnerOf(slot) != owner)
            {
                Volatile.Write(ref _map, _map.With(slot, owner));
            }
        }
    }

    /// <summary>Begins to ask, unless that is under way or was a moment ago.</summary>
    public Task RefreshAsync(CancellationToken ct)
    {
        lock (_gate)
        {
            var isRecent = _lastBegin is { } last && options.Time.GetElapsedTime(last) < options.MapInterval;
            if (_refreshing.IsCompleted && !isRecent && !ct.IsCancellationRequested)
            {
                _lastBegin = options.Time.GetTimestamp();
                _refreshing = AskAllAsync(ct);
            }
            return _refreshing;
        }
    }

    private async Task AskAllAsync(CancellationToken ct)
    {
        await Task.Yield(); // out of the lock
        var known = Map.Addresses.Union(options.Seeds).ToArray();
        if (!await TryAskAsync(known, ct) && options.Find is { } find && !ct.IsCancellationRequested)
        {
            await TryAskAsync([.. (await TryFindAsync(find, ct)).Except(known)], ct);
        }
    }

    /// <returns>True where one told the map.</returns>
    private async Task<bool> TryAskAsync(NodeAddress[] addresses, CancellationToken ct)
    {
        foreach (var link in Candidates(addresses))
        {
            if (ct.IsCancellationRequested)
            {
                return false;
            }
            var answer = await TryAskAsync(link, ct);
            HasAnswer |= answer is not null;
            if (answer is { IsEmpty: false } map)
            {
                lock (_gate)
                {
                    Volatile.Write(ref _map, map);
                }
                return true;
            }
        }
        return false;
    }

    private static async Task<ImmutableArray<NodeAddress>> TryFindAsync(
        Func<CancellationToken, ValueTask<ImmutableArray<NodeAddress>>> find,
        CancellationToken ct
    )
    {
        try
        {
            return await find(ct);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            return [];
        }
    }

    /// <summary>In random order, so that not every client asks the same node; those that answer before those that may not.</summary>
    private NodeLink[] Candidates(NodeAddress[] addresses)
    {
        options.Random.Shuffle(addresses);
        return [.. addresses.Select(linkOf).OrderBy(l => l.IsStuck || l.IsDown)];
    }

    private async Task<SlotMap?> TryAskAsync(NodeLink link, CancellationToken ct)
    {
        try
        {
            var reply = await link.TryAskAsync(ClusterSlots, options.MapTimeout, ct);
            return reply is RespValue.Array ? SlotMap.Of(ClusterSlotsParser.Parse(reply, link.Address)) : null;
        }
        catch (Exception e) when (e is ReplyFormatException or OperationCanceledException)
        {
            return null;
        }
    }
}
