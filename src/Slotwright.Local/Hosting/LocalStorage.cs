using Slotwright.Core.Configuration;
using Slotwright.Core.Healing;
using Slotwright.Core.Storage;
using Slotwright.Local.State;
using Slotwright.Local.Storage;

namespace Slotwright.Local.Hosting;

/// <summary>Prepares a local member's files for its server.</summary>
internal static class LocalStorage
{
    /// <summary>
    /// For an older server: it does not run. Nothing is deleted: what was there lies beside it. What the member knows
    /// of the cluster stays, in words that the older server understands.
    /// </summary>
    public static void SetAside(ClusterFile cluster, int ordinal, MemberFolder member, TimeProvider time)
    {
        var settings = StorageSettings.Of(ConfigText.Parse(LocalSettings.Member(cluster, ordinal, member).Render()));
        var now = time.GetUtcNow();
        if (File.Exists(member.Nodes))
        {
            var text = File.ReadAllText(member.Nodes);
            AtomicFile.Write(member.Nodes, OlderNodesFile.For(Version.Parse(cluster.Server.Version), text));
        }
        if (Directory.Exists(settings.AppendPath) || File.Exists(settings.SingleFilePath))
        {
            AppendOnlyFolder.SetAside(settings, now);
        }
        ResumeFile.Delete(settings.Folder); // there is nothing left to go on from
        if (File.Exists(settings.SnapshotPath))
        {
            File.Move(
                settings.SnapshotPath,
                $"{settings.SnapshotPath}.before-{now:yyyyMMdd'T'HHmmss'Z'}",
                overwrite: true
            );
        }
    }

    /// <param name="wanted">The version that can read what lies there.</param>
    private static string Remedy(string wanted, ClusterFile cluster)
    {
        var name = LocalHost.NameOption(cluster.Name);
        return $"if an upgrade was being rolled back, slotwright upgrade --rollback{name} goes on; "
            + $"else slotwright upgrade --valkey {wanted}{name}, or put Valkey {wanted} back at {cluster.Server.Path}";
    }

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
            wanted => Remedy(wanted, cluster)
        );
        var config = ConfigText.Parse(LocalSettings.Member(cluster, ordinal, member).Render());
        await StorageGuard
            .Look(engine, config, time)
            .ApplyAsync(line => File.AppendAllText(member.Log, $"# slotwright: {line}\n"), ct);
    }
}
