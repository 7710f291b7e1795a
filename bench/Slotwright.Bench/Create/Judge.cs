using System.Diagnostics;
using System.Globalization;
using Slotwright.Core.Slots;
using Slotwright.Operations.Running;
using Slotwright.Valkey.Connections;
using Slotwright.Valkey.Resp;

namespace Slotwright.Bench.Create;

/// <summary>
/// Says when a cluster is well, whoever made it: every node calls the state ok with all slots served and knows all
/// nodes, every replica's link is up, and all nodes have the same nodes, roles and slots in CLUSTER NODES. It reads
/// the servers' own words by itself and shares no code with what bootstrap waits for. It first looks when the
/// contestant has ended, so it takes no time from either.
/// </summary>
internal sealed class Judge : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly RespCommand Info = RespCommand.Of("CLUSTER", "INFO");
    private static readonly RespCommand Replication = RespCommand.Of("INFO", "replication");
    private static readonly RespCommand Nodes = RespCommand.Of("CLUSTER", "NODES");

    private readonly ValkeyConnection[] _nodes;

    private Judge(ValkeyConnection[] nodes) => _nodes = nodes;

    public static async Task<Judge> ConnectAsync(FreshCluster cluster, CancellationToken ct) =>
        new(
            await Task.WhenAll(
                cluster.Members.Select(async m =>
                    await ValkeyConnection.OpenAsync(
                        await cluster.Host.ConnectAsync(m.Address, ct),
                        new Credentials(null, cluster.Password),
                        m.Name,
                        ct
                    )
                )
            )
        );

    /// <summary>Waits until the cluster is well.</summary>
    /// <param name="start">Timestamp from which the time counts.</param>
    /// <exception cref="InvalidOperationException">It is not well within three minutes.</exception>
    public async Task<TimeSpan> UntilWellAsync(long start, CancellationToken ct)
    {
        await Task.WhenAll(_nodes.Select(n => UntilAsync(inner => SaysWellAsync(n, inner), ct)));
        await UntilAsync(AllAgreeAsync, ct);
        return Stopwatch.GetElapsedTime(start);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private async ValueTask<bool> AllAgreeAsync(CancellationToken ct)
    {
        var well = await Task.WhenAll(_nodes.Select(n => SaysWellAsync(n, ct).AsTask()));
        if (!well.All(w => w))
        {
            return false;
        }
        var maps = await Task.WhenAll(_nodes.Select(n => n.SendAsync(Nodes, ct)));
        return maps.Select(MapOf).Distinct(StringComparer.Ordinal).Count() == 1;
    }

    private async ValueTask<bool> SaysWellAsync(ValkeyConnection node, CancellationToken ct)
    {
        var replies = await node.SendAllAsync([Info, Replication], ct);
        var (cluster, replication) = (replies[0].AsText() ?? "", replies[1].AsText() ?? "");
        return Has(cluster, "cluster_state:ok")
            && Has(cluster, $"cluster_slots_ok:{HashSlot.Count}")
            && Has(cluster, string.Create(CultureInfo.InvariantCulture, $"cluster_known_nodes:{_nodes.Length}"))
            && (Has(replication, "role:master") || Has(replication, "master_link_status:up"));
    }

    /// <summary>Who is there, in which role, with which slots; a node in handshake or suspected makes it like no other.</summary>
    private static string MapOf(RespValue reply, int asked)
    {
        var lines = (reply.AsText() ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rows = lines.Select(line => line.TrimEnd('\r').Split(' ')).ToArray();
        if (
            rows.Any(r =>
                r.Length < 8
                || r[2].Contains("fail", StringComparison.Ordinal)
                || r[2].Contains("handshake", StringComparison.Ordinal)
            )
        )
        {
            return $"unsettled at node {asked}, {rows.Length} rows";
        }
        return string.Join(
            '\n',
            rows.Select(r => $"{r[0]} {r[3]} {string.Join(' ', r[8..])}").Order(StringComparer.Ordinal)
        );
    }

    private static bool Has(string text, string line) => text.Contains(line + "\r\n", StringComparison.Ordinal);

    private static async Task UntilAsync(Func<CancellationToken, ValueTask<bool>> condition, CancellationToken ct)
    {
        if (!await Wait.UntilAsync(condition, Patience, TimeProvider.System, ct))
        {
            throw new InvalidOperationException($"the cluster is not well after {Patience.TotalMinutes} minutes");
        }
    }
}
