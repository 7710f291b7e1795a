using System.Text;
using k8s.Models;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>
/// The folder that stands for the root of a pod's containers. It has what the container that runs mounts, and no more:
/// each mount is a link to the volume's folder, so that a mount that the chart forgot is missing here too.
/// </summary>
/// <param name="pod">The pod's own folder.</param>
/// <param name="volumes">The folder of a volume, by the volume's name.</param>
/// <param name="hosts">The file that stands for DNS.</param>
internal sealed class PodMounts(string pod, Func<string, string> volumes, string hosts)
{
    public string Root { get; } = Path.Combine(pod, "root");

    /// <summary>What the containers before have seen is gone.</summary>
    public void Lay(V1Container container)
    {
        if (Directory.Exists(Root))
        {
            Clear(Root);
        }
        Directory.CreateDirectory(Path.Combine(Root, "etc"));
        File.CreateSymbolicLink(Path.Combine(Root, "etc", "hosts"), hosts);
        foreach (var mount in container.VolumeMounts ?? [])
        {
            var path = Root + mount.MountPath;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Directory.CreateSymbolicLink(path, volumes(mount.Name));
        }
    }

    /// <summary>Files that a container with a read-only root could not have written.</summary>
    public IEnumerable<string> Strays() => Files(Root).Select(f => Path.GetRelativePath(Root, f));

    /// <summary>The keys of a ConfigMap or Secret, all of them or those that the items name.</summary>
    public static void Project(string folder, IDictionary<string, byte[]> data, IList<V1KeyToPath>? items)
    {
        Directory.CreateDirectory(folder);
        foreach (var item in items ?? [.. data.Keys.Select(k => new V1KeyToPath { Key = k, Path = k })])
        {
            if (!data.TryGetValue(item.Key, out var bytes))
            {
                throw new PodTroubleException($"references non-existent key: {item.Key}");
            }
            File.WriteAllBytes(Path.Combine(folder, item.Path), bytes);
        }
    }

    public static void Project(string folder, IDictionary<string, string> data, IList<V1KeyToPath>? items) =>
        Project(folder, data.ToDictionary(d => d.Key, d => Encoding.UTF8.GetBytes(d.Value)), items);

    /// <summary>Links are not followed: what they lead to is a volume.</summary>
    private static void Clear(string folder)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().ToArray())
        {
            if (entry is DirectoryInfo { LinkTarget: null })
            {
                Clear(entry.FullName);
            }
            entry.Delete();
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        new DirectoryInfo(folder)
            .EnumerateFileSystemInfos()
            .Where(e => e.LinkTarget is null)
            .SelectMany(e => e is DirectoryInfo ? Files(e.FullName) : [e.FullName]);
}
