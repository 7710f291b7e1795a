using System.Runtime.CompilerServices;

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

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "Golden");
}
