using Slotwright.Core.Configuration;
using Slotwright.Local.Servers;
using Slotwright.Local.State;
using Slotwright.Local.Storage;

namespace Slotwright.Local.Hosting;

/// <summary>Prepares a local member's files for its server.</summary>
internal static class LocalStorage
{
    /// <summary>Of the server as it is now: a package manager may have put another in its place.</summary>
    public static async Task<Version> VersionAsync(ClusterFile cluster, TimeProvider time, CancellationToken ct) =>
        (await ServerProbe.AskAsync(cluster.Server.Path, time, ct)).Version ?? Version.Parse(cluster.Server.Version);

    /// <summary>Its server does not run.</summary>
    public static async Task PrepareAsync(
        ClusterFile cluster,
        int ordinal,
        MemberFolder member,
        Version version,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var engine = new StorageEngine(
            cluster.Server.Path,
            version,
            member.Path,
            member.AuthConfig,
            wanted =>
                $"put Valkey {wanted} back at {cluster.Server.Path}, or give up the cluster and its data: slotwright down --purge{LocalHost.NameOption(cluster.Name)}"
        );
        var config = ConfigText.Parse(LocalSettings.Member(cluster, ordinal, member).Render());
        await StorageGuard
            .Look(engine, config, time)
            .ApplyAsync(line => File.AppendAllText(member.Log, $"# slotwright: {line}\n"), ct);
    }
}
