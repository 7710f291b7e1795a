using System.Runtime.CompilerServices;

namespace Slotwright.Chart.Tests.Support;

/// <summary>Where the chart lies.</summary>
internal static class ChartFolder
{
    public static string Root { get; } = Find();

    public static string Chart { get; } = Path.Combine(Root, "charts", "valkey-cluster");

    public static string Cases { get; } = Path.Combine(Root, "tests", "Chart.Tests", "Cases");

    public static string Of(params string[] path) => Path.Combine([Chart, .. path]);

    public static string Read(params string[] path) => File.ReadAllText(Of(path));

    /// <summary>Copies what helm reads of the chart into a folder.</summary>
    public static void CopyTo(string target)
    {
        foreach (var file in Directory.EnumerateFiles(Chart, "*", SearchOption.AllDirectories))
        {
            if (file.StartsWith(Of("rendered"), StringComparison.Ordinal))
            {
                continue;
            }
            var copy = Path.Combine(target, Path.GetRelativePath(Chart, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
