using System.Diagnostics;
using Slotwright.Core.Failures;

namespace Slotwright.Local.Servers;

/// <summary>Unpacks a line of Valkey into the cache: all of it, or nothing that counts.</summary>
internal sealed class ServerInstaller(ServerPlaces places, ServerCache cache, TimeProvider time)
{
    private const string Libraries = "$ORIGIN/../lib";
    private const int DiskFull = 28;

    private static readonly string[] OwnPrograms = ["valkey-server", "valkey-cli", "valkey-benchmark"];

    // They are valkey-server under another name.
    private static readonly string[] OtherNames = ["valkey-check-rdb", "valkey-check-aof"];

    /// <summary>The server of this line: unpacked now, or by whoever held the lock before us.</summary>
    /// <exception cref="OperationFailedException">Not on Debian, no network, disk full, not allowed to write.</exception>
    /// <exception cref="BadInputException">Debian has another patch level.</exception>
    public async Task<ServerBinary> InstallAsync(WantedVersion wanted, IProgress<string> talk, CancellationToken ct)
    {
        var release = DebianRelease.Of(wanted) ?? throw new UnreachableException();
        try
        {
            var archive = await DebianArchive.OfThisMachineAsync(places, wanted, time, ct);
            Directory.CreateDirectory(cache.Root);
            using var alone = await InstallLock.TakeAsync(
                cache.LockOf(wanted),
                () => talk.Report($"another slotwright is fetching Valkey {wanted.Line}: waiting for it"),
                time,
                ct
            );
            if (cache.Find(wanted) is { } ready)
            {
                return ready;
            }
            talk.Report(
                $"Valkey {wanted} is not on this machine: fetching it from Debian's archive ({release.Suite}) "
                    + $"into {cache.FolderOf(wanted)}"
            );
            return await UnpackAsync(archive, release, wanted, ct);
        }
        catch (IOException e) when (e.HResult == DiskFull)
        {
            throw AptWords.DiskFull($"unpacking Valkey {wanted.Line}", cache.Root, cause: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(
                $"Valkey {wanted} can't be put into {cache.Root}: {e.Message}",
                next: "set SLOTWRIGHT_CACHE to a folder that you may write, or name a server with --valkey PATH",
                cause: e
            );
        }
        catch (InvalidDataException e)
        {
            throw new OperationFailedException(
                $"the programs of Debian's {release.Suite} can't be given their own libraries: {e.Message}",
                next: "install Valkey by hand and name it with --valkey PATH",
                cause: e
            );
        }
    }

    private async Task<ServerBinary> UnpackAsync(
        DebianArchive archive,
        DebianRelease release,
        WantedVersion wanted,
        CancellationToken ct
    )
    {
        RemoveLeftovers(wanted);
        var work = Path.Combine(cache.Root, $"{WorkPrefix(wanted)}{Path.GetRandomFileName()}");
        Directory.CreateDirectory(work);
        try
        {
            var packages = await archive.UnpackAsync(release, wanted, work, cache.Root, ct);
            var folder = cache.FolderOf(wanted);
            Assemble(Path.Combine(work, "root"), Path.Combine(work, "server"), folder);
            Directory.Move(Path.Combine(work, "server"), folder);
            var version = await VerifyAsync(ServerCache.ServerIn(folder), wanted, ct);
            await ServerCache.WriteManifestAsync(
                new InstalledServer(
                    version.ToString(),
                    release.Suite,
                    [.. packages.Select(p => p.ToString())],
                    folder,
                    time.GetUtcNow()
                ),
                ct
            );
            return new ServerBinary(ServerCache.ServerIn(folder), version, ServerSource.Cache);
        }
        finally
        {
            TryRemove(work);
        }
    }

    /// <param name="final">Where the folder will be: the programs name their loader by its full path.</param>
    private static void Assemble(string root, string server, string final)
    {
        var libraries = Directory.CreateDirectory(Path.Combine(server, "lib")).FullName;
        var programs = Directory.CreateDirectory(Path.Combine(server, "bin")).FullName;
        foreach (var parent in (string[])["lib", "usr/lib"])
        {
            MoveLibraries(Path.Combine(root, parent), libraries);
        }
        foreach (var name in OwnPrograms)
        {
            var source = new FileInfo(Path.Combine(root, "usr/bin", name));
            var real = source.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? source.FullName;
            var program = File.ReadAllBytes(real);
            var loader = Path.Combine(final, "lib", ElfRelocation.LoaderName(program));
            var target = Path.Combine(programs, name);
            File.Copy(real, target); // for its mode
            File.WriteAllBytes(target, ElfRelocation.Apply(program, loader, Libraries));
        }
        foreach (var name in OtherNames)
        {
            File.CreateSymbolicLink(Path.Combine(programs, name), "valkey-server");
        }
    }

    /// <summary>From the folders of an architecture (x86_64-linux-gnu) all into one; links among them stay right.</summary>
    private static void MoveLibraries(string parent, string libraries)
    {
        if (!Directory.Exists(parent))
        {
            return;
        }
        foreach (var folder in Directory.EnumerateDirectories(parent, "*-linux-gnu*"))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.so*"))
            {
                File.Move(file, Path.Combine(libraries, Path.GetFileName(file)), overwrite: true);
            }
        }
    }

    private async Task<Version> VerifyAsync(string server, WantedVersion wanted, CancellationToken ct)
    {
        var (_, version, problem) = await ServerProbe.AskAsync(server, time, ct);
        if (version is not null && wanted.Matches(version))
        {
            return version;
        }
        TryRemove(cache.FolderOf(wanted));
        throw new OperationFailedException(
            $"the server that was unpacked into {cache.Root} does not run: {problem ?? $"it says {version}"}",
            next: "if that disk is mounted noexec, set SLOTWRIGHT_CACHE to a folder on another; "
                + "else install Valkey by hand and name it with --valkey PATH"
        );
    }

    /// <summary>What killed installs left, and what is there without being complete.</summary>
    private void RemoveLeftovers(WantedVersion wanted)
    {
        foreach (var old in Directory.EnumerateDirectories(cache.Root, $"{WorkPrefix(wanted)}*"))
        {
            TryRemove(old);
        }
        var folder = cache.FolderOf(wanted);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string WorkPrefix(WantedVersion wanted) => $".installing-{wanted.Line}-";

    private static void TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A killed install's apt-get may still write in it; the next install removes it.
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's: not ours to remove.
        }
    }
}
