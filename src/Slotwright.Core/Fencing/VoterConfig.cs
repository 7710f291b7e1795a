using System.Security.Cryptography;
using System.Text;
using Slotwright.Core.Configuration;
using Slotwright.Core.Observing;

namespace Slotwright.Core.Fencing;

/// <summary>
/// The valkey.conf of a server that is held back: it is the member for its peers, and votes, but has no data, touches
/// none of the member's files but nodes.conf, and refuses every key and everybody who wants to copy from it.
/// </summary>
public static class VoterConfig
{
    /// <summary>The file's name, by which a server that is held back is known: INFO tells it.</summary>
    public const string FileName = "held-back.conf";

    /// <summary>
    /// Whatever names a key, starts a script or copies the data. The rest stays, so that the member can still be asked
    /// what it sees.
    /// </summary>
    private const string Allowed =
        "resetkeys resetchannels +@all -@scripting -@transaction -flushall -flushdb -psync -sync";

    private static readonly string[] Kept =
    [
        "port",
        "bind",
        "bind-source-addr",
        "protected-mode",
        "tcp-backlog",
        "tcp-keepalive",
        "maxclients",
        "availability-zone",
        "loglevel",
        "logfile",
    ];

    /// <summary>A server that is held back.</summary>
    public static bool IsOf(ServerInfo server) =>
        server.Fields.GetValueOrDefault("config_file", "").EndsWith($"/{FileName}", StringComparison.Ordinal);

    /// <param name="member">The member's own configuration.</param>
    /// <param name="folder">Where it may write; empty.</param>
    /// <param name="nodes">The member's nodes.conf.</param>
    /// <param name="password">Null where authentication is off.</param>
    public static string Compose(
        IEnumerable<ConfigLine> member,
        Version version,
        string folder,
        string nodes,
        string? password
    )
    {
        var kept = member.Where(IsKept).Select(line => $"{line}");
        string[] text =
        [
            "# Written by slotwright: this member is held back, since its replicas may have more than it has.",
            .. kept,
            $"{Setting.Text("cluster-config-file", nodes)}",
            $"{Setting.Text("dir", folder)}",
            "save \"\"",
            "appendonly no",
            // once another has taken over it would copy that one's data, in vain
            $"{new Setting(ServerFeatures.PrimaryAuth(version), "held-back")}",
            $"user default on {(password is null ? "nopass" : $"#{Hash(password)}")} {Allowed}",
        ];
        return string.Concat(text.Select(line => $"{line}\n"));
    }

    private static bool IsKept(ConfigLine line) =>
        (line.Name.StartsWith("cluster-", StringComparison.Ordinal) && line.Name != "cluster-config-file")
        || line.Name.StartsWith("tls-", StringComparison.Ordinal)
        || Kept.Contains(line.Name, StringComparer.Ordinal);

    private static string Hash(string password) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
}
