using System.Globalization;
using Slotwright.Core.Observing;

namespace Slotwright.Valkey.Parsing;

/// <summary>INFO, of any set of sections that has the default ones.</summary>
public static class ServerInfoParser
{
    private const string Command = "INFO";

    /// <param name="unrecognized">Takes what these versions are not known to say.</param>
    /// <exception cref="ReplyFormatException">A line is not of the known form, or a field is missing.</exception>
    public static ServerInfo Parse(string text, ICollection<string> unrecognized)
    {
        var fields = Fields.Read(text, Command);
        foreach (var name in fields.Values.Keys.Where(n => !InfoFields.IsKnown(n)))
        {
            unrecognized.Add($"{Command}: field {name}");
        }
        var isPrimary = fields.Text("role") switch
        {
            "master" => true,
            "slave" => false,
            var role => throw fields.At("role").Wrong("neither master nor slave", role),
        };
        var isValkey = fields.Find("valkey_version") is not null;
        return new ServerInfo(
            Product: isValkey ? "valkey" : "redis",
            Version: Version(fields, isValkey ? "valkey_version" : "redis_version"),
            Zone: fields.Find("availability_zone") ?? "",
            IsPrimary: isPrimary,
            PrimaryLinkUp: !isPrimary && LinkIsUp(fields),
            SyncInProgress: !isPrimary
                && fields.At("master_sync_in_progress").Flag(fields.Text("master_sync_in_progress")),
            Loading: fields.At("loading").Flag(fields.Text("loading")),
            // A replica's master_repl_offset is what it hands on to replicas of its own, not what it has applied.
            Offset: fields.Number(isPrimary ? "master_repl_offset" : "slave_repl_offset"),
            ConnectedReplicas: fields.SmallNumber("connected_slaves"),
            ConnectedClients: fields.SmallNumber("connected_clients"),
            UsedMemory: fields.Number("used_memory"),
            MaxMemory: fields.Number("maxmemory"),
            OpsPerSecond: fields.Number("instantaneous_ops_per_sec"),
            Keys: Keys(fields),
            Uptime: TimeSpan.FromSeconds(fields.Number("uptime_in_seconds")),
            Fields: fields.Values
        )
        {
            Storage = new StorageInfo(
                fields.Find("aof_enabled") is { } enabled ? fields.At("aof_enabled").Flag(enabled) : null,
                Succeeded(fields, "aof_last_write_status"),
                Succeeded(fields, "aof_last_bgrewrite_status"),
                Succeeded(fields, "rdb_last_bgsave_status")
            )
            {
                Rewriting = IsRewriting(fields),
                IsBeginning = IsRewriting(fields) && fields.Find("aof_current_size") is "0",
            },
            Backlog = fields.Find("repl_backlog_size") is { } backlog
                ? fields.At("repl_backlog_size").Number(backlog)
                : 0,
            StreamIn = KilobytesASecond(fields, "instantaneous_input_repl_kbps"),
            StreamOut =
                KilobytesASecond(fields, "instantaneous_output_repl_kbps")
                / Math.Max(1, fields.SmallNumber("connected_slaves")),
            EvictionPolicy = fields.Find("maxmemory_policy"),
            UncountedMemory = fields.Find("mem_not_counted_for_evict") is { } uncounted
                ? fields.At("mem_not_counted_for_evict").Number(uncounted)
                : 0,
        };
    }

    private static bool IsRewriting(Fields fields) =>
        fields.Find("aof_rewrite_in_progress") is "1" || fields.Find("aof_rewrite_scheduled") is "1";

    /// <returns>Bytes a second; 0 where the server does not say.</returns>
    private static double KilobytesASecond(Fields fields, string name) =>
        double.TryParse(fields.Find(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var kilobytes)
            ? kilobytes * 1024
            : 0;

    /// <returns>Null where the server has no such field.</returns>
    private static bool? Succeeded(Fields fields, string name) =>
        fields.Find(name) switch
        {
            null => null,
            "ok" => true,
            "err" => false,
            var status => throw fields.At(name).Wrong("neither ok nor err", status),
        };

    private static Version Version(Fields fields, string name) =>
        System.Version.TryParse(fields.Text(name), out var version)
            ? version
            : throw fields.At(name).Wrong("not a version", fields.Text(name));

    private static bool LinkIsUp(Fields fields) =>
        fields.Text("master_link_status") switch
        {
            "up" => true,
            "down" => false,
            var status => throw fields.At("master_link_status").Wrong("neither up nor down", status),
        };

    /// <summary>Summed over all databases: <c>db0:keys=3,expires=1,avg_ttl=0</c>.</summary>
    private static long Keys(Fields fields)
    {
        var keys = 0L;
        foreach (var (name, value) in fields.Values)
        {
            if (InfoFields.IsDatabase(name))
            {
                var first = value.Split(',')[0];
                keys += first.StartsWith("keys=", StringComparison.Ordinal)
                    ? fields.At(name).Number(first.AsSpan("keys=".Length))
                    : throw fields.At(name).Wrong("does not begin with keys=", value);
            }
        }
        return keys;
    }
}
