using System.Collections.Frozen;
using System.IO.Hashing;
using System.Text;
using Slotwright.Core.Configuration;
using Slotwright.Local.State;

namespace Slotwright.Local.Hosting;

/// <summary>
/// The settings of a local member, as layers: base settings, the default valkeyConfig, what differs on one machine,
/// the user's valkeyConfig, and last what must hold.
/// </summary>
internal static class LocalSettings
{
    private const long MiB = 1024 * 1024;
    private const long LeastMemory = 64 * MiB;

    private static readonly FrozenSet<string> Ours = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "port",
        "bind",
        "bind-source-addr",
        "cluster-enabled",
        "cluster-port",
        "cluster-config-file",
        "cluster-announce-ip",
        "cluster-announce-port",
        "cluster-announce-bus-port",
        "cluster-announce-tls-port",
        "cluster-announce-hostname",
        "availability-zone",
        "dir",
        "logfile",
        "pidfile",
        "daemonize",
        "supervised",
        "include",
        "requirepass",
        "primaryauth",
        "primaryuser",
        "masterauth",
        "masteruser",
        "tls-port",
        "tls-cluster",
        "tls-replication",
        "replica-announce-ip",
        "replica-announce-port",
        "unixsocket",
        "replicaof",
        "slaveof"
    );

    /// <summary>Set for each member by the host: not for a valkeyConfig to say.</summary>
    public static bool IsOurs(string name) => Ours.Contains(name);

    /// <summary>Bytes a member: half of the machine's memory for all of them, in whole MiB, at least 64.</summary>
    public static long MaxMemory(long machineMemory, int members) =>
        Math.Max(LeastMemory, machineMemory / 2 / members / MiB * MiB);

    /// <summary>What all members of the cluster have.</summary>
    public static Settings Shared(ClusterFile cluster)
    {
        var version = Version.Parse(cluster.Server.Version);
        return BaseSettings
            .All.With(DefaultValkeyConfig.For(version))
            .With(
                new("cluster-preferred-endpoint-type", "ip"),
                new("io-threads", "1"),
                new("maxmemory", $"{cluster.MaxMemory / MiB}mb")
            )
            .With([.. cluster.Settings.Select(setting => new Setting(setting.Key, setting.Value))])
            .With(new("cluster-enabled", "yes"), new("daemonize", "no"), new("supervised", "no"));
    }

    public static Settings Member(ClusterFile cluster, int ordinal, MemberFolder folder)
    {
        var version = Version.Parse(cluster.Server.Version);
        var address = cluster.Addresses[ordinal];
        var settings = Shared(cluster)
            .With(
                new("bind", address.Host),
                new("port", $"{address.Port}"),
                new("dir", Setting.Text("dir", folder.Data).Arguments),
                Setting.Text("logfile", folder.Log),
                new("cluster-config-file", "nodes.conf"),
                new("cluster-announce-ip", address.Host),
                new("cluster-announce-hostname", cluster.Hostname(ordinal))
            );
        if (cluster.HasOwnAddresses)
        {
            settings = settings.With(new Setting("bind-source-addr", address.Host));
        }
        if (ServerFeatures.HasAvailabilityZone(version))
        {
            settings = settings.With(new Setting("availability-zone", cluster.Zone(ordinal)));
        }
        return settings.With(Setting.Text("include", folder.AuthConfig));
    }

    public static Settings Auth(ClusterFile cluster, string password) =>
        Settings.Of(
            Setting.Text("requirepass", password),
            Setting.Text(ServerFeatures.PrimaryAuth(Version.Parse(cluster.Server.Version)), password)
        );

    /// <summary>
    /// Names the server's version, the settings that all members share, and how often members were to restart as they
    /// are: <c>9.1.2-5f1c09ab</c>, <c>9.1.2-5f1c09ab.1</c>.
    /// </summary>
    public static string Revision(ClusterFile cluster)
    {
        var hash = XxHash32.Hash(Encoding.UTF8.GetBytes(Shared(cluster).Render()));
        var again = cluster.Restarts > 0 ? $".{cluster.Restarts}" : "";
        return $"{cluster.Server.Version}-{Convert.ToHexStringLower(hash)}{again}";
    }
}
