using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Slotwright.Core.Cluster;
using Slotwright.Core.Failures;
using Slotwright.Valkey.Resp;

namespace Slotwright.Valkey.Routing;

/// <summary>
/// A client of a cluster as applications have one: it knows who owns which slot, keeps one connection to each node
/// that it needs, follows MOVED and ASK, and tries again on TRYAGAIN, CLUSTERDOWN, LOADING, MASTERDOWN and broken
/// connections until an operation's budget is used up. What is not answered is sent again where its slot has got another
/// owner. A node that hangs holds up nothing but the operations on its
/// own slots. Thread-safe.
/// </summary>
public sealed class ClusterClient : IAsyncDisposable
{
    private const int RedirectionsInARow = 5;
    private static readonly TimeSpan RoomPatience = TimeSpan.FromMilliseconds(200);

    private readonly ClusterClientOptions _options;
    private readonly ConcurrentDictionary<NodeAddress, NodeLink> _links = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SlotMapSource _source;
    private readonly Func<int, NodeAddress, bool> _hasMoved;
    private int _turn;

    private ClusterClient(ClusterClientOptions options)
    {
        _options = options;
        _source = new SlotMapSource(options, LinkOf, _end.Token);
        _hasMoved = HasMoved;
    }

    public SlotMap Map => _source.Map;

    /// <exception cref="OperationFailedException">No seed told who owns the slots within the budget of an operation.</exception>
    public static async Task<ClusterClient> OpenAsync(ClusterClientOptions options, CancellationToken ct)
    {
        var client = new ClusterClient(options);
        var deadline = new Deadline(options.Time, options.Budget);
        try
        {
            while (client.Map.IsEmpty)
            {
                await client.TryRefreshAsync(deadline, ct);
                if (client.Map.IsEmpty && deadline.Left == TimeSpan.Zero)
                {
                    throw new OperationFailedException(
                        client._source.HasAnswer
                            ? "these nodes know no owner of any slot: no cluster was formed of them"
                            : "nobody told who owns the cluster's slots",
                        member: string.Join(", ", options.Seeds),
                        command: "CLUSTER SLOTS",
                        next: "slotwright status shows who answers, and why not"
                    );
                }
            }
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>As the other, with the client's own budget and nothing to follow.</summary>
    /// <exception cref="OperationFailedException">The budget was used up.</exception>
    public ValueTask<RoutedReply> SendAsync(int slot, RespCommand command, CancellationToken ct) =>
        SendAsync(slot, command, null, _options.Budget, ct);

    /// <summary>
    /// Brings a command to the owner of its slot. Where it throws, the command may have been carried out, or may be
    /// later; while it is tried again it may be carried out twice.
    /// </summary>
    /// <param name="slot">0 to 16383.</param>
    /// <param name="budget">How long it may take with all that it is tried again.</param>
    /// <param name="then">
    /// A command to follow on the same connection once the first is answered, such as WAIT; its failure is no failure.
    /// It must be the same in all calls: those that are answered while one is under way share the next.
    /// </param>
    /// <exception cref="OperationFailedException">The budget was used up.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RoutedReply> SendAsync(
        int slot,
        RespCommand command,
        RespCommand? then,
        TimeSpan budget,
        CancellationToken ct
    )
    {
        var deadline = new Deadline(_options.Time, budget);
        var pause = _options.Pause;
        var attempts = 0;
        var unanswered = 0;
        var redirections = 0;
        string? trouble = null;
        var code = RoutingTrouble.NoAnswer;
        Redirection? redirection = null;
        while (true)
        {
            var owner = Map.OwnerOf(slot);
            var link = LinkOf(redirection?.Address ?? owner ?? AnyAddress());
            if (link.Room.TryEnter())
            {
                var isAsk = redirection is { IsAsk: true };
                var exchange = await link.ExchangeAsync(command, then, isAsk, deadline, _hasMoved, slot, ct);
                attempts += exchange.WasSent ? 1 : 0;
                unanswered += exchange is { WasSent: true, Reply: null } ? 1 : 0;
                trouble = TroubleOf(exchange);
                if (trouble is null)
                {
                    return new RoutedReply(exchange.Reply!, exchange.Then, link.Address, attempts, unanswered)
                    {
                        SentAt = exchange.SentAt,
                        AnsweredAt = exchange.AnsweredAt,
                    };
                }
                code = CodeOf(exchange);
                redirection = Redirection.TryParse(trouble, link.Address);
                if (redirection is { } known)
                {
                    Follow(known);
                    if (++redirections <= RedirectionsInARow)
                    {
                        continue;
                    }
                }
                else
                {
                    Refresh();
                }
                redirections = 0;
                redirection = null;
                if (exchange.IsLate)
                {
                    throw UsedUp(link.Address, command, budget, trouble, code);
                }
                var rest = deadline.AtMost(pause);
                if (!await _source.HasMovedAsync(slot, owner, rest, ct) && rest < pause)
                {
                    throw UsedUp(link.Address, command, budget, trouble, code);
                }
                pause = pause < _options.Pause * 10 ? pause * 2 : pause;
            }
            else
            {
                redirection = null;
                trouble ??= "too much is unanswered on its connection";
                await WaitForRoomAsync(link, deadline, ct);
            }
            if (deadline.Left == TimeSpan.Zero)
            {
                throw UsedUp(link.Address, command, budget, trouble, code);
            }
        }
    }

    /// <summary>
    /// Tells the open connection to a slot's owner from all others; null where none is open. Where it is another than
    /// before, the slot may have another owner, or its owner older data.
    /// </summary>
    public object? ConnectionOf(int slot) =>
        Map.OwnerOf(slot) is { } owner && _links.TryGetValue(owner, out var link) ? link.OpenConnection : null;

    /// <summary>Closes all connections; commands under way fail.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _source.RefreshAsync();
        foreach (var link in _links.Values)
        {
            await link.DisposeAsync();
        }
    }

    /// <summary>What an exchange ended with that is a matter of routing; null where it is answered.</summary>
    private static string? TroubleOf(in Exchange exchange) =>
        exchange.Reply is null ? exchange.Failure
        : exchange.Reply
            is RespValue.Error
            {
                Code: "MOVED" or "ASK" or "TRYAGAIN" or "CLUSTERDOWN" or "LOADING" or "MASTERDOWN"
            } error
            ? error.Text
        : null;

    private static string CodeOf(in Exchange exchange) =>
        exchange switch
        {
            { Reply: RespValue.Error error } => error.Code,
            { IsLate: true, WasSent: true } or { IsSilent: true } => RoutingTrouble.NoAnswer,
            _ => RoutingTrouble.NoConnection,
        };

    private void Follow(Redirection redirection)
    {
        if (!redirection.IsAsk)
        {
            _source.Learn(redirection.Slot, redirection.Address);
            Refresh(); // where one slot has moved, others have
        }
    }

    private bool HasMoved(int slot, NodeAddress from)
    {
        Refresh();
        return Map.OwnerOf(slot) is { } owner && owner != from;
    }

    private void Refresh() => _ = _source.RefreshAsync();

    private async Task TryRefreshAsync(Deadline deadline, CancellationToken ct)
    {
        try
        {
            await _source.RefreshAsync().WaitAsync(deadline.Left, _options.Time, ct);
            if (Map.IsEmpty)
            {
                await Task.Delay(deadline.AtMost(_options.MapInterval), _options.Time, ct);
            }
        }
        catch (TimeoutException)
        {
            // told by the map's being empty
        }
    }

    private async Task WaitForRoomAsync(NodeLink link, Deadline deadline, CancellationToken ct)
    {
        try
        {
            await link.Room.ChangeAsync().WaitAsync(deadline.AtMost(RoomPatience), _options.Time, ct);
        }
        catch (TimeoutException)
        {
            Refresh(); // perhaps another owns its slots by now
        }
    }

    private NodeLink LinkOf(NodeAddress address) =>
        _links.TryGetValue(address, out var link)
            ? link
            : _links.GetOrAdd(address, static (a, options) => new NodeLink(a, options), _options);

    private NodeAddress AnyAddress()
    {
        var map = Map;
        var known = map.IsEmpty ? _options.Seeds : map.Addresses;
        return known[(int)((uint)Interlocked.Increment(ref _turn) % known.Length)];
    }

    private static OperationFailedException UsedUp(
        NodeAddress address,
        RespCommand command,
        TimeSpan budget,
        string trouble,
        string code
    ) =>
        new(
            $"no answer within {budget.TotalMilliseconds:0} ms; last: {Printable.Plain(trouble)}",
            member: address.ToString(),
            command: command.Title,
            done: "it may have been carried out",
            next: "see with verify whether the slot has an owner that can be reached"
        )
        {
            Code = code,
        };
}
