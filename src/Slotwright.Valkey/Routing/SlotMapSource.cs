using System.Collections.Immutable;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Routing;

/// <summary>Asks the nodes for the slot map, one after the other, until one tells it; not more often than is useful.</summary>
/// <param name="end">Of the client: nothing is asked any more.</param>
internal sealed class SlotMapSource(
    ClusterClientOptions options,
    Func<NodeAddress, NodeLink> linkOf,
    CancellationToken end
)
{
    private static readonly RespCommand ClusterSlots = RespCommand.Of("CLUSTER", "SLOTS");

    private readonly Lock _gate = new();
    private SlotMap _map = SlotMap.Empty;
    private Task _refreshing = Task.CompletedTask;
    private long? _lastBegin;
    private TaskCompletionSource? _change;

    public SlotMap Map => Volatile.Read(ref _map);

    /// <summary>A node has answered, be it that it knows no owner of any slot.</summary>
    public bool HasAnswer { get; private set; }

    public void Learn(int slot, NodeAddress owner)
    {
        lock (_gate)
        {
            if (_map.OwnerOf(slot) != owner)
            {
                Set(_map.With(slot, owner));
            }
        }
    }

    /// <summary>Asks as often as is useful until a slot has another owner than this one.</summary>
    /// <returns>False where it has not after so long.</returns>
    public async ValueTask<bool> HasMovedAsync(int slot, NodeAddress? from, TimeSpan patience, CancellationToken ct)
    {
        var begin = options.Time.GetTimestamp();
        while (true)
        {
            var change = NextChange(); // taken before the look: none is missed
            if (Map.OwnerOf(slot) != from)
            {
                return true;
            }
            var left = patience - options.Time.GetElapsedTime(begin);
            if (left <= TimeSpan.Zero)
            {
                return false;
            }
            await change
                .WaitAsync(left < options.MapInterval ? left : options.MapInterval, options.Time, ct)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            _ = RefreshAsync();
        }
    }

    /// <summary>Begins to ask, unless that is under way or was a moment ago.</summary>
    public Task RefreshAsync()
    {
        lock (_gate)
        {
            var isRecent = _lastBegin is { } last && options.Time.GetElapsedTime(last) < options.MapInterval;
            if (_refreshing.IsCompleted && !isRecent && !end.IsCancellationRequested)
            {
                _lastBegin = options.Time.GetTimestamp();
                _refreshing = AskAllAsync(end);
            }
            return _refreshing;
        }
    }

    /// <summary>Within the lock.</summary>
    private void Set(SlotMap map)
    {
        Volatile.Write(ref _map, map);
        _change?.TrySetResult();
        _change = null;
    }

    private Task NextChange()
    {
        lock (_gate)
        {
            _change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _change.Task;
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
                    Set(map);
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
