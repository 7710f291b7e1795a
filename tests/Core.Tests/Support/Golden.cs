using System.Reflection;

namespace Slotwright.Core.Tests.Support;

/// <summary>
/// Texts that are kept as they are meant to be, in Golden/. <c>SLOTWRIGHT_UPDATE_GOLDEN=1</c> writes them anew: the
/// difference is then to be read before it is committed.
/// </summary>
internal static class Golden
{
    private static readonly bool IsUpdating = Environment.GetEnvironmentVariable("SLOTWRIGHT_UPDATE_GOLDEN") == "1";

    /// <param name="name">Path below Golden/.</param>
    public static void Check(string name, string actual)
    {
        var path = Path.Combine(Folder(), name);
        if (IsUpdating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }
        Assert.True(File.Exists(path), $"there is no {path}: SLOTWRIGHT_UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    /// <summary>Names of the texts in a folder below Golden/.</summary>
    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder(), folder)).Select(f => Path.GetFileName(f));

    private static string Folder()
    {
        var metadata = typeof(Golden).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>();
        return Path.Combine(metadata.Single(m => m.Key == "ProjectFolder").Value!, "Golden");
    }
}
