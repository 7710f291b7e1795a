using System.Diagnostics;
using System.Text.Json;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Servers;

public sealed class InstallTests(FreshInstall fresh) : IClassFixture<FreshInstall>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Of_two_installs_at_once_one_fetches_and_the_other_waits_and_takes_the_same(string version)
    {
        var outcome = await fresh.Of(version);

        Assert.Equal(outcome.First, outcome.Second);
        Assert.Single(
            outcome.Said,
            line => line.Contains("fetching it from Debian's archive", StringComparison.Ordinal)
        );
        Assert.Single(outcome.Said, line => line.Contains("waiting for it", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task A_fetched_server_is_found_again_without_a_word(string version)
    {
        var server = (await fresh.Of(version)).First;
        var talk = new Silence();

        Assert.Equal(server, await fresh.Cache.Locator.InstallAsync(server.Version.ToString(), talk, Ct));
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Only_the_server_and_its_lock_stay_in_the_cache(string version)
    {
        await fresh.Of(version);
        var entries = Directory
            .EnumerateFileSystemEntries(fresh.Cache.Folder)
            .Select(Path.GetFileName)
            .Where(name => !TestVersions.All.Any(v => name == v || name == $".{v}.lock"));

        Assert.DoesNotContain(entries, name => name!.Contains(version, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task Nothing_of_apts_and_dpkgs_own_state_changes(string version) =>
        Assert.True((await fresh.Of(version)).SystemUntouched);

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task The_manifest_names_version_suite_and_packages(string version)
    {
        var server = (await fresh.Of(version)).First;
        var path = Path.Combine(fresh.Cache.Folder, version, "manifest.json");
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(path, Ct));

        Assert.Equal(server.Version.ToString(), manifest.RootElement.GetProperty("version").GetString());
        Assert.NotEmpty(manifest.RootElement.GetProperty("suite").GetString()!);
        Assert.Contains(
            manifest.RootElement.GetProperty("packages").EnumerateArray(),
            p => p.GetString()!.StartsWith("libc6 ", StringComparison.Ordinal)
        );
    }

    [Theory, MemberData(nameof(TestVersions.Chosen), MemberType = typeof(TestVersions))]
    public async Task The_server_is_a_process_of_its_own_name_and_maps_its_own_libraries_only(string version)
    {
        var binary = (await fresh.Of(version)).First;
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(binary.Path))!;
        var data = Directory.CreateTempSubdirectory("slotwright-server-");
        var socket = Path.Combine(data.FullName, "s");
        var start = new ProcessStartInfo(
            binary.Path,
            ["--port", "0", "--unixsocket", socket, "--dir", data.FullName, "--save", ""]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var server = Process.Start(start)!;
        try
        {
            var answers = await Wait.UntilAsync(
                async ct => File.Exists(socket) && await AskAsync(binary.Cli!, socket, "PING", ct) == "PONG",
                TimeSpan.FromSeconds(20),
                TimeProvider.System,
                Ct
            );

            Assert.True(answers);
            Assert.Equal("valkey-server\n", await File.ReadAllTextAsync($"/proc/{server.Id}/comm", Ct));
            Assert.Equal(
                binary.Path,
                File.ResolveLinkTarget($"/proc/{server.Id}/exe", returnFinalTarget: false)!.FullName
            );
            var foreign = (await File.ReadAllLinesAsync($"/proc/{server.Id}/maps", Ct)).Where(line =>
                line.Contains(".so", StringComparison.Ordinal) && !line.Contains(folder, StringComparison.Ordinal)
            );
            Assert.Empty(foreign);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(CancellationToken.None);
            data.Delete(recursive: true);
        }
    }

    private static async Task<string> AskAsync(string cli, string socket, string command, CancellationToken ct)
    {
        var start = new ProcessStartInfo(cli, ["-s", socket, command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return answer.Trim();
    }

    private sealed class Silence : IProgress<string>
    {
        public void Report(string value) => Assert.Fail($"it said: {value}");
    }
}
