using System.Collections.Concurrent;
using System.Threading.Channels;
using Slotwright.Core.Cluster;
using Slotwright.Unit.Tests.Wire;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Routing;

/// <summary>One node of a <see cref="FakeCluster"/>: SET, GET, WAIT, ASKING and CLUSTER SLOTS, and what a test makes of them.</summary>
internal sealed class FakeNode(FakeCluster cluster, NodeAddress address)
{
    private readonly ConcurrentDictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _log = new();
    private readonly ConcurrentBag<FakeServer> _connections = [];
    private TaskCompletionSource _running = Completed();
    private int _arrived;

    public NodeAddress Address { get; } = address;

    /// <summary>Commands in the order of their arrival, CLUSTER SLOTS left out.</summary>
    public string[] Log => [.. _log];

    /// <summary>Commands that have come, answered or not.</summary>
    public int Arrived => Volatile.Read(ref _arrived);

    public int Connections => _connections.Count;

    /// <summary>Answers in place of the node where it gives a reply.</summary>
    public Func<string[], RespValue?> Answer { get; set; } = _ => null;

    /// <summary>Nobody can connect.</summary>
    public bool IsDown { get; set; }

    public string? this[string key] => _keys.GetValueOrDefault(key);

    /// <summary>Takes commands and doesn't answer them until <see cref="Resume"/>.</summary>
    public void Pause() => _running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => _running.TrySetResult();

    /// <summary>Ends all its connections.</summary>
    public async Task BreakAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    public Stream Connect()
    {
        if (IsDown)
        {
            throw new IOException("connection refused");
        }
        var (client, server) = DuplexPair.Create();
        var connection = new FakeServer(server);
        _connections.Add(connection);
        _ = ServeAsync(connection);
        return client;
    }

    private async Task ServeAsync(FakeServer connection)
    {
        var commands = Channel.CreateUnbounded<string[]>();
        var receiving = ReceiveAsync(connection, commands.Writer);
        var isAsking = false;
        try
        {
            await foreach (var command in commands.Reader.ReadAllAsync())
            {
                await _running.Task;
                if (command[0] != "CLUSTER")
                {
                    _log.Enqueue(string.Join(' ', command));
                }
                var reply = Answer(command) ?? Carry(command, isAsking);
                isAsking = command[0] == "ASKING";
                await connection.SayAsync(reply);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // the connection was broken
        }
        await receiving;
    }

    private async Task ReceiveAsync(FakeServer connection, ChannelWriter<string[]> commands)
    {
        try
        {
            while (await connection.TakeAsync() is { } command)
            {
                Interlocked.Increment(ref _arrived);
                await commands.WriteAsync(command);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // the connection was broken
        }
        commands.Complete();
    }

    private RespValue Carry(string[] command, bool isAsking) =>
        command[0] switch
        {
            "CLUSTER" => cluster.SlotsReply(),
            "ASKING" => new RespValue.Simple("OK"),
            "WAIT" => RespValue.Integer.Of(1),
            _ when !isAsking && cluster.OwnerOf(command[1]) is var owner && owner != this => new RespValue.Error(
                $"MOVED {FakeCluster.SlotOf(command[1])} {owner.Address}"
            ),
            "SET" => Set(command[1], command[2]),
            "GET" when _keys.TryGetValue(command[1], out var value) => RespValue.Bulk.Of(value),
            "GET" => RespValue.Null.Instance,
            _ => new RespValue.Error($"ERR unknown command '{command[0]}'"),
        };

    private RespValue.Simple Set(string key, string value)
    {
        _keys[key] = value;
        return new RespValue.Simple("OK");
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
