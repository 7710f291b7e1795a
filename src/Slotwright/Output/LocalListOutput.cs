using System.Collections.Immutable;
using Slotwright.Local.Hosting;

namespace Slotwright.Output;

/// <summary>What <c>local list</c> prints.</summary>
internal static class LocalListOutput
{
    public static void Print(Terminal terminal, Format format, ImmutableArray<LocalClusterSummary> clusters)
    {
        if (format == Format.Json)
        {
            JsonOut.Write(terminal.Out, new LocalListDocument(clusters));
            return;
        }
        if (clusters.IsEmpty)
        {
            terminal.Error.WriteLine("there is no cluster on this machine; slotwright up brings one up");
            return;
        }
        Columns.Print(
            terminal.Out,
            ["NAME", "VERSION", "RUNNING", "ADDRESSES", "FOLDER"],
            clusters.Select(c =>
                new[]
                {
                    c.Name,
                    c.Problem is null ? c.Version : "?",
                    c.Problem is null ? Running(c) : "?",
                    c.Problem is null ? c.Addresses : "?",
                    c.Folder,
                }
            )
        );
        foreach (var cluster in clusters.Where(c => c.Problem is not null))
        {
            terminal.Error.WriteLine($"slotwright: {cluster.Name}: {cluster.Problem}");
        }
    }

    private static string Running(LocalClusterSummary cluster) =>
        $"{cluster.Running} of {cluster.Members}" + (cluster.Paused > 0 ? $", {cluster.Paused} paused" : "");
}
