using System.Runtime.InteropServices;
using Slotwright.Integration.Tests.Support;

namespace Slotwright.Integration.Tests.Image;

/// <summary>
/// The image for this machine's architecture, made once of the native program that <c>.ci/native</c> published; without
/// that program its tests are skipped, since publishing takes minutes.
/// </summary>
public sealed class BuiltImage : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slotwright-image-");

    internal static string Architecture { get; } =
        RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    internal static string Triplet { get; } = Architecture == "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";

    internal static string Program { get; } =
        System.IO.Path.Combine(
            TestProject.Root,
            $"artifacts/native/linux-{(Architecture == "arm64" ? "arm64" : "x64")}/slotwright"
        );

    /// <summary>The archive.</summary>
    internal string Path { get; private set; } = "";

    internal ImageArchive Archive { get; private set; } = null!;

    /// <summary>The image's files, as a container sees them.</summary>
    internal string Root => System.IO.Path.Combine(_folder.FullName, "root");

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Program))
        {
            Path = await BuildAsync("first", "umask 022");
            Archive = await ImageArchive.ReadAsync(Path);
            await Archive.UnpackAsync(Root);
        }
    }

    /// <summary>Once more, where what must not matter is different.</summary>
    /// <returns>The archive's path.</returns>
    internal Task<string> BuildElsewhereAsync() => BuildAsync("elsewhere", "umask 077; export TZ=Asia/Tokyo HOME=/");

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> BuildAsync(string name, string before)
    {
        var output = System.IO.Path.Combine(_folder.FullName, name);
        var result = await BuildImage.RunAsync(
            before,
            ["--platform", $"linux/{Architecture}", "--program", Program, "--output", output]
        );
        Assert.True(result.Ok, result.Text);
        return Directory.EnumerateFiles(output).Single();
    }
}
