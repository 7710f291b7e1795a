namespace Slotwright.Integration.Tests.Support;

/// <summary>Where this clone lies.</summary>
internal static class TestProject
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Slotwright.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no Slotwright.slnx above");
        }
        return folder;
    }
}
