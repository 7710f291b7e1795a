using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Local.Processes;
using Slotwright.Local.State;

namespace Slotwright.Local.Hosting;

/// <summary>The clusters of this machine's user.</summary>
public sealed class LocalClusters(StateRoot root, TimeProvider time)
{
    /// <summary>By name; one that can't be read is listed with the reason.</summary>
    public ImmutableArray<LocalClusterSummary> List() => [.. Names().Select(Summarize)];

    /// <summary>A cluster that need not exist yet.</summary>
    /// <param name="where">The option or variable that holds the name.</param>
    /// <exception cref="BadInputException">The name can't name a cluster.</exception>
    public LocalHost Host(string name, string where = "--name")
    {
        ReadOnlySpan<Problem> problems = [.. LocalSpecRules.Name(name).Select(p => p with { Where = where })];
        return problems.IsEmpty ? new LocalHost(root, name, time) : throw new BadInputException(problems);
    }

    /// <param name="where">The option or variable that holds the name.</param>
    /// <exception cref="BadInputException">There is no cluster of that name: which there are.</exception>
    public LocalHost Open(string name, string where = "--name")
    {
        var host = Host(name, where);
        if (host.Exists)
        {
            return host;
        }
        var names = Names().ToList();
        throw new BadInputException(
            new Problem(
                where,
                names.Count == 0
                    ? $"there is no local cluster '{name}', nor any other"
                    : $"there is no local cluster '{name}'; there {(names.Count == 1 ? "is" : "are")} {string.Join(", ", names)}",
                $"bring it up with: slotwright up{LocalHost.NameOption(name)}"
            )
        );
    }

    private IEnumerable<string> Names() =>
        Directory.Exists(root.Local)
            ? Directory
                .EnumerateDirectories(root.Local)
                .Select(folder => Path.GetFileName(folder))
                .Where(name => !LocalSpecRules.Name(name).Any() && root.Has(name))
                .Order(StringComparer.Ordinal)
            : [];

    internal LocalClusterSummary Summarize(string name)
    {
        var folder = root.Folder(name);
        try
        {
            var cluster = ClusterFile.Read(folder);
            var processes = MemberProcesses.Find(cluster.MemberNames.Select(folder.Member)).Values;
            return new LocalClusterSummary(
                name,
                cluster.Members,
                processes.Count(p => !p.IsPaused),
                processes.Count(p => p.IsPaused),
                Addresses(cluster),
                cluster.Server.Version,
                cluster.Server.Path,
                folder.Path,
                Problem: null
            );
        }
        catch (Exception e) when (e is OperationFailedException or IOException or UnauthorizedAccessException)
        {
            return new LocalClusterSummary(name, 0, 0, 0, "", "", "", folder.Path, Problem(e));
        }
    }

    private static string Problem(Exception e) =>
        e is OperationFailedException { Next: { } next } ? $"{e.Message}; {next}" : e.Message;

    private static string Addresses(ClusterFile cluster)
    {
        var (first, last) = (cluster.Addresses[0], cluster.Addresses[^1]);
        return cluster.Network is { } network
            ? $"{network}.0/24:{first.Port}"
            : $"{first.Host}:{first.Port}-{last.Port}";
    }
}
