namespace Slotwright.Chart.Tests.Support;

/// <summary>
/// Texts that are kept as they are meant to be. <c>SLOTWRIGHT_UPDATE_GOLDEN=1</c> writes them anew: the difference is
/// then to be read before it is committed.
/// </summary>
internal static class Golden
{
    private static readonly bool IsUpdating = Environment.GetEnvironmentVariable("SLOTWRIGHT_UPDATE_GOLDEN") == "1";

    public static void Check(string path, string actual)
    {
        if (IsUpdating)
        {
            File.WriteAllText(path, actual);
        }
        Assert.True(File.Exists(path), $"there is no {path}: SLOTWRIGHT_UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
