using System.Collections.Frozen;
using System.Globalization;
using Slotwright.Core.Configuration;

namespace Slotwright.Core.Storage;

/// <summary>
/// The configuration of a server that only loads a member's append-only files and saves a snapshot: modules and
/// limits as the member has them, and nobody else can reach it.
/// </summary>
public static class ConvertingConfig
{
    private const int LeastDatabases = 16;

    private static readonly string[] DroppedPrefixes = ["cluster-", "tls-", "shutdown-", "syslog-", "repl-diskless"];

    private static readonly FrozenSet<string> Dropped = FrozenSet.Create(
        StringComparer.Ordinal,
        "port",
        "bind",
        "bind-source-addr",
        "protected-mode",
        "unixsocket",
        "unixsocketperm",
        "requirepass",
        "primaryauth",
        "primaryuser",
        "masterauth",
        "masteruser",
        "user",
        "aclfile",
        "replicaof",
        "slaveof",
        "availability-zone",
        "save",
        "appendonly",
        "auto-aof-rewrite-percentage",
        "maxmemory",
        "databases",
        "io-threads",
        "logfile",
        "pidfile",
        "daemonize",
        "supervised"
    );

    /// <summary>Those that it is asked; append-only files have none of them.</summary>
    private static readonly string[] Asked = ["ping", "save"];

    /// <param name="authFile">The member's included file of passwords, which is left out; null where there is none.</param>
    /// <param name="socket">The path of the Unix socket where it answers.</param>
    public static string Compose(IReadOnlyList<ConfigLine> member, string? authFile, string socket) =>
        string.Concat(member.Where(line => IsKept(line, authFile)).Select(line => $"{line}\n"))
        + Settings
            .Of(
                new("port", "0"),
                Setting.Text("unixsocket", socket),
                new("unixsocketperm", "700"),
                new("daemonize", "no"),
                new("supervised", "no"),
                new("logfile", "\"\""),
                new("appendonly", "yes"),
                new("auto-aof-rewrite-percentage", "0"),
                new("save", "\"\""),
                new("maxmemory", "0"),
                new("databases", $"{Databases(member)}")
            )
            .Render();

    private static bool IsKept(ConfigLine line, string? authFile) =>
        line.Name switch
        {
            "include" => authFile is null || ConfigWords.Split(line.Arguments) is not [var file] || file != authFile,
            "rename-command" => ConfigWords.Split(line.Arguments) is not [var command, ..]
                || !Asked.Contains(command, StringComparer.OrdinalIgnoreCase),
            var name => !Dropped.Contains(name)
                && !DroppedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)),
        };

    /// <summary>A cluster has its own number of them (from 9.0 on); a server that is none takes databases.</summary>
    private static int Databases(IReadOnlyList<ConfigLine> member) =>
        Math.Max(
            LeastDatabases,
            member
                .Where(line => line.Name is "databases" or "cluster-databases")
                .Select(line =>
                    int.TryParse(line.Arguments, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0
                )
                .DefaultIfEmpty(0)
                .Max()
        );
}
