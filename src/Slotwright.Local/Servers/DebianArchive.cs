using System.Collections.Immutable;
using Slotwright.Core.Failures;
using Slotwright.Local.Processes;

namespace Slotwright.Local.Servers;

/// <summary>Fetches and unpacks packages of a suite with the machine's own apt, which checks signatures and hashes.</summary>
internal sealed class DebianArchive(DebianTools tools, string mirror, string architecture, TimeProvider time)
{
    /// <exception cref="OperationFailedException">This is no Debian, or apt has no source of Debian's archive.</exception>
    public static async Task<DebianArchive> OfThisMachineAsync(
        ServerPlaces places,
        WantedVersion wanted,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var tools =
            DebianTools.Find(places.SearchPath, out var missing) ?? throw NotHere(wanted, $"there is no {missing}");
        var mirror =
            DebianMirror.Known(await AskAsync("indextargets", "--format", DebianMirror.Format, "Created-By: Packages"))
            ?? DebianMirror.Guess(await AskAsync("update", "--print-uris"))
            ?? throw NotHere(wanted, "apt's sources do not name Debian's archive");
        if (!File.Exists(AptState.Keyring))
        {
            throw new OperationFailedException(
                $"Valkey {wanted} can't be fetched: Debian's keys are not there ({AptState.Keyring})",
                next: "run apt-get install debian-archive-keyring as root, and this again"
            );
        }
        var architecture = await ChildProcess.RunAsync(tools.Dpkg, ["--print-architecture"], null, time, ct);
        return new DebianArchive(tools, mirror, architecture.Output.Trim(), time);

        // As root, apt would renew its caches on the way.
        async Task<string> AskAsync(params string[] question) =>
            (
                await ChildProcess.RunAsync(
                    tools.AptGet,
                    ["-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=", .. question],
                    null,
                    time,
                    ct
                )
            ).Output;
    }

    /// <summary>Valkey and every library that it needs, unpacked below <paramref name="folder"/>/root.</summary>
    /// <param name="folder">An empty folder of its own.</param>
    /// <param name="cacheFolder">What errors name: the folder that people know.</param>
    /// <returns>What was unpacked.</returns>
    /// <exception cref="BadInputException">The suite has another version by now.</exception>
    /// <exception cref="OperationFailedException">apt failed.</exception>
    public async Task<ImmutableArray<DebianPackage>> UnpackAsync(
        DebianRelease release,
        WantedVersion wanted,
        string folder,
        string cacheFolder,
        CancellationToken ct
    )
    {
        if (folder.AsSpan().ContainsAny("\"\n\\"))
        {
            throw new OperationFailedException(
                $"apt can't work below {cacheFolder}: its name has a quote, a backslash or a line end",
                next: "set SLOTWRIGHT_CACHE to a folder with a plainer name"
            );
        }
        var doing = $"fetching Valkey {wanted.Line} from Debian's {release.Suite}";
        var apt = Path.Combine(folder, "apt");
        var settings = await AptState.CreateAsync(apt, release, mirror, architecture, ct);

        await AptAsync(["-q", "update"], apt);
        // valkey-server needs an init system and a user; the program itself and its libraries are what valkey-tools needs.
        var simulation = await AptAsync(["--simulate", "install", "valkey-tools"], apt);
        var packages = DebianPackage
            .FromSimulation(simulation)
            .Where(p => p.HoldsLibraries || p.Name == "valkey-tools")
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .ToImmutableArray();
        CheckVersion(packages, release, wanted);

        var archives = Directory.CreateDirectory(Path.Combine(folder, "debs")).FullName;
        await AptAsync(["-q", "download", "valkey-server", .. packages.Select(p => p.Name)], archives);
        foreach (var archive in Directory.EnumerateFiles(archives, "*.deb").Order(StringComparer.Ordinal))
        {
            await RunAsync(
                tools.DpkgDeb,
                ["--extract", archive, Path.Combine(folder, "root")],
                "dpkg-deb --extract",
                null
            );
        }
        return packages;

        Task<string> AptAsync(string[] arguments, string workingFolder) =>
            RunAsync(
                tools.AptGet,
                ["-c", settings, .. arguments],
                $"apt-get {arguments.First(a => a[0] != '-')}",
                workingFolder
            );

        async Task<string> RunAsync(string program, string[] arguments, string command, string? workingFolder)
        {
            var result = await ChildProcess.RunAsync(program, arguments, workingFolder, time, ct);
            ct.ThrowIfCancellationRequested();
            return result.Ok ? result.Output : throw AptWords.ToFailure(doing, command, result.Text, cacheFolder);
        }
    }

    private static void CheckVersion(
        ImmutableArray<DebianPackage> packages,
        DebianRelease release,
        WantedVersion wanted
    )
    {
        var tools = packages.FirstOrDefault(p => p.Name == "valkey-tools");
        if (tools?.Upstream is not { } has)
        {
            throw new OperationFailedException(
                $"Debian's {release.Suite} has no Valkey that can be read ({tools?.ToString() ?? "nothing"})",
                next: "name a server with --valkey PATH"
            );
        }
        if (!wanted.Matches(has))
        {
            throw new BadInputException(
                new Problem(
                    WantedVersion.Where,
                    $"Debian's {release.Suite} has Valkey {has} now, not {wanted}",
                    $"take {has}, or install {wanted} by hand and name it with --valkey PATH"
                )
            );
        }
    }

    private static OperationFailedException NotHere(WantedVersion wanted, string why) =>
        new(
            $"Valkey {wanted} is not on this machine, and only on Debian can it be fetched by itself: {why}",
            next: $"install Valkey {wanted} by hand (package, or built from source: https://valkey.io/download), "
                + "then put its folder on the PATH or name it with --valkey PATH"
        );
}
