using System.Formats.Tar;
using System.Text.Json;
using Slotwright.Core.Tests.Support;
using Slotwright.Local.Processes;

namespace Slotwright.Integration.Tests.Image;

public sealed class ImageTests(BuiltImage image) : IClassFixture<BuiltImage>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ImageArchive Archive
    {
        get
        {
            Assert.SkipUnless(
                File.Exists(BuiltImage.Program),
                "the native program is not published: .ci/publish-native does it"
            );
            return image.Archive;
        }
    }

    [Fact]
    public void Each_blob_is_what_its_name_says() => Assert.Empty(Archive.Broken());

    [Fact]
    public void A_changed_blob_would_be_seen()
    {
        var blob = Archive.Files.Keys.First(n => n.StartsWith("blobs/", StringComparison.Ordinal));

        Assert.Equal([blob], new ImageArchive(Archive.Files.SetItem(blob, [0])).Broken());
    }

    [Fact]
    public void The_configuration_names_the_layers_by_their_plain_content()
    {
        var said = Archive.Config.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray();

        Assert.Equal(Archive.Layers.Select(ImageArchive.Digest), said.Select(d => d.GetString()));
    }

    [Fact]
    public void Dockers_own_list_names_the_same_image()
    {
        var docker = Archive.Json("manifest.json")[0];
        var manifest = Archive.Manifest;

        Assert.Equal(FileOf(manifest.GetProperty("config")), docker.GetProperty("Config").GetString());
        Assert.Equal(
            manifest.GetProperty("layers").EnumerateArray().Select(FileOf),
            docker.GetProperty("Layers").EnumerateArray().Select(l => l.GetString())
        );
        Assert.Equal(
            Archive
                .Index.GetProperty("manifests")[0]
                .GetProperty("annotations")
                .GetProperty("io.containerd.image.name")
                .GetString(),
            docker.GetProperty("RepoTags")[0].GetString()
        );

        static string FileOf(JsonElement descriptor) =>
            $"blobs/{descriptor.GetProperty("digest").GetString()!.Replace(':', '/')}";
    }

    [Fact]
    public void The_program_is_started_as_a_plain_user()
    {
        var config = Archive.Config.GetProperty("config");

        Assert.Equal("1000:1000", config.GetProperty("User").GetString());
        Assert.Equal("/slotwright", config.GetProperty("Entrypoint")[0].GetString());
        Assert.Equal(BuiltImage.Architecture, Archive.Config.GetProperty("architecture").GetString());
        Assert.Equal(
            typeof(CommandLine).Assembly.GetName().Version!.ToString(3),
            config.GetProperty("Labels").GetProperty("org.opencontainers.image.version").GetString()
        );
    }

    /// <summary>A reviewer of the list sees that there is no shell; the test sees that nothing is added unseen.</summary>
    [Fact]
    public void The_image_holds_these_files_and_no_others() =>
        Golden.Check($"image/{BuiltImage.Architecture}.txt", Archive.Listing());

    [Fact]
    public void Nothing_but_the_program_and_the_loader_can_be_run() =>
        Assert.Equal(
            ["ld-linux", "slotwright"],
            Archive
                .Entries()
                .Where(e => e.EntryType == TarEntryType.RegularFile && e.Mode.HasFlag(UnixFileMode.OtherExecute))
                .Select(e => Path.GetFileName(e.Name).Split("-x86")[0].Split("-aarch")[0])
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task The_same_program_makes_the_same_archive_with_another_umask_and_time_zone()
    {
        _ = Archive;

        Assert.Equal(
            await File.ReadAllBytesAsync(image.Path, Ct),
            await File.ReadAllBytesAsync(await image.BuildElsewhereAsync(), Ct)
        );
    }

    [Fact]
    public async Task The_program_runs_with_the_images_libraries()
    {
        _ = Archive;
        var version = await RunAsync("--version");

        Assert.True(version.Ok, version.Text);
        Assert.Matches(@"^\d+\.\d+\.\d+", version.Output);
    }

    [Fact]
    public async Task Tls_works_with_the_images_libraries()
    {
        _ = Archive;
        await using var server = new SelfSignedServer();
        var config = Path.Combine(image.Root, "tmp", "kubeconfig");
        await File.WriteAllTextAsync(config, server.KubeConfig, Ct);
        var result = await RunAsync("status", "--target", "k8s:prod/valkey", "--kubeconfig", config);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("its certificate is not trusted", result.Errors, StringComparison.Ordinal);
    }

    /// <summary>By the image's own loader, so that none of this machine's libraries is taken where the image has one.</summary>
    private Task<ChildResult> RunAsync(params string[] arguments)
    {
        var loader = BuiltImage.Architecture == "arm64" ? "lib/ld-linux-aarch64.so.1" : "lib64/ld-linux-x86-64.so.2";
        string[] start =
        [
            "--inhibit-cache",
            "--library-path",
            Path.Combine(image.Root, "usr/lib", BuiltImage.Triplet),
            Path.Combine(image.Root, "slotwright"),
        ];
        return ChildProcess.RunAsync(
            Path.Combine(image.Root, loader),
            [.. start, .. arguments],
            null,
            TimeProvider.System,
            Ct
        );
    }
}
