using System.Collections.Immutable;
using Slotwright.Core.Observing;
using Slotwright.Valkey.Parsing;
using Slotwright.Valkey.Resp;

namespace Slotwright.Unit.Tests.Parsing;

/// <summary>What one real server said about itself in one situation, as <c>Corpus/record</c> took it down.</summary>
internal sealed class Recording
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus");
    private readonly ImmutableArray<RespValue> _replies;

    private Recording(string server, ImmutableArray<RespValue> replies)
    {
        Server = server;
        _replies = replies;
    }

    /// <summary><c>valkey-9.1</c></summary>
    public string Server { get; }

    public static ImmutableArray<string> Servers { get; } =
    [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    /// <summary>All but servers of 7.x while they load, which answer nothing but INFO then.</summary>
    public static IEnumerable<(string Server, string Situation)> Readable =>
        from server in Servers
        from file in Directory.GetFiles(Path.Combine(Folder, server), "*.resp").Order(StringComparer.Ordinal)
        let situation = Path.GetFileNameWithoutExtension(file)
        where situation != "loading" || !server.Contains("-7.", StringComparison.Ordinal)
        select (server, situation);

    public string Nodes => _replies[0].AsText()!;
    public RespValue Shards => _replies[1];
    public string ClusterInfo => _replies[2].AsText()!;
    public string Info => _replies[3].AsText()!;

    /// <summary>The same again in RESP3.</summary>
    public string Nodes3 => Assert.IsType<RespValue.Verbatim>(_replies[5]).Text;

    public RespValue Shards3 => _replies[6];
    public string ClusterInfo3 => Assert.IsType<RespValue.Verbatim>(_replies[7]).Text;

    public ImmutableArray<string> NodeLines => [.. Nodes.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    public static Recording Read(string server, string situation)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, server, situation + ".resp")).AsSpan();
        var replies = ImmutableArray.CreateBuilder<RespValue>();
        var parser = new RespParser();
        while (parser.TryRead(bytes, out var consumed, out var value))
        {
            replies.Add(value);
            bytes = bytes[consumed..];
        }
        Assert.Equal(0, bytes.Length);
        Assert.Equal(9, replies.Count);
        Assert.Equal(new RespValue.Simple("OK"), replies[8]);
        return new Recording(server, replies.ToImmutable());
    }

    /// <summary>The four replies that make a report.</summary>
    public RespValue[] Replies => [.. _replies[..4]];

    public NodeReport Report()
    {
        var unrecognized = new List<string>();
        return new NodeReport(
            ClusterNodesParser.Parse(Nodes, unrecognized),
            ClusterShardsParser.Parse(Shards, unrecognized),
            ClusterInfoParser.Parse(ClusterInfo, unrecognized),
            ServerInfoParser.Parse(Info, unrecognized)
        )
        {
            Unrecognized = [.. unrecognized],
        };
    }

    /// <summary>A field of INFO as the text has it, found without the parser.</summary>
    public string? InfoLine(string name) =>
        Info.ReplaceLineEndings("\n")
            .Split('\n')
            .FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.Ordinal))
            ?[(name.Length + 1)..];
}
