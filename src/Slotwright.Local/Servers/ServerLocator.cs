using System.Collections.Immutable;
using Slotwright.Core.Failures;

namespace Slotwright.Local.Servers;

/// <summary>
/// Finds the valkey-server that a cluster runs: a given path, else a match on PATH, else the user's cache, else
/// Debian's archive, from which it is put into the cache.
/// </summary>
public sealed class ServerLocator(ServerPlaces places, TimeProvider time)
{
    private readonly ServerCache _cache = new(places.Cache);

    /// <summary>The version that is taken where none is named: 9.1.</summary>
    public static string DefaultVersion => WantedVersion.Default.ToString();

    /// <summary>Versions that can be fetched, newest first.</summary>
    public static ImmutableArray<string> FetchableVersions => [.. DebianRelease.All.Select(r => r.Line.ToString())];

    /// <summary>Where people name a version or a path.</summary>
    private const string Option = "--valkey";

    /// <exception cref="OperationFailedException">No variable says where the cache may be.</exception>
    public static ServerLocator OfThisMachine(TimeProvider time) =>
        new(ServerPlaces.FromEnvironment(Environment.GetEnvironmentVariable), time);

    /// <param name="wanted">A version (9.1 or 9.1.2), or the path of valkey-server or of a folder that has it.</param>
    /// <param name="talk">Told in one line when something is fetched or waited for.</param>
    /// <exception cref="BadInputException">No such version or server can be had.</exception>
    /// <exception cref="OperationFailedException">It could not be fetched.</exception>
    public async Task<ServerBinary> FindAsync(string wanted, IProgress<string> talk, CancellationToken ct)
    {
        if (!WantedVersion.TryParse(wanted, out var version))
        {
            return await AtPathAsync(wanted, ct);
        }
        var onPath = await OnPathAsync(ct);
        try
        {
            return onPath.FirstOrDefault(s => version.Matches(s.Version))
                ?? await CachedAsync(version, onPath, talk, ct);
        }
        catch (BadInputException e)
        {
            throw new BadInputException([.. e.Problems.Select(p => p with { Where = Option })]);
        }
    }

    /// <summary>Into the cache, whatever is on PATH; what is there already stays.</summary>
    /// <param name="wanted">A version: 9.1 or 9.1.2.</param>
    /// <exception cref="BadInputException">No such version can be had.</exception>
    /// <exception cref="OperationFailedException">It could not be fetched.</exception>
    public Task<ServerBinary> InstallAsync(string wanted, IProgress<string> talk, CancellationToken ct) =>
        WantedVersion.TryParse(wanted, out var version)
            ? CachedAsync(version, [], talk, ct)
            : throw Bad($"'{wanted}' is no version such as {WantedVersion.Default}", [.. _cache.All()]);

    /// <summary>What is on PATH, what is in the cache, and what can be fetched besides.</summary>
    public async Task<ImmutableArray<ServerListing>> ListAsync(CancellationToken ct)
    {
        var here = (await OnPathAsync(ct)).Concat(_cache.All()).ToList();
        var lines = here.Select(s => WantedVersion.LineOf(s.Version)).ToHashSet();
        return
        [
            .. here.Select(s => new ServerListing(
                s.Version.ToString(),
                s.Source,
                s.Path,
                DebianRelease.Of(WantedVersion.LineOf(s.Version))?.Suite
            )),
            .. DebianRelease
                .All.Where(r => !lines.Contains(r.Line))
                .Select(r => new ServerListing(r.Line.ToString(), null, null, r.Suite)),
        ];
    }

    private async Task<ServerBinary> CachedAsync(
        WantedVersion wanted,
        ImmutableArray<ServerBinary> onPath,
        IProgress<string> talk,
        CancellationToken ct
    )
    {
        var cached =
            _cache.Find(wanted)
            ?? (
                DebianRelease.Of(wanted) is not null
                    ? await new ServerInstaller(places, _cache, time).InstallAsync(wanted, talk, ct)
                    : throw Bad($"{wanted} is not on this machine", [.. onPath, .. _cache.All()])
            );
        return wanted.Matches(cached.Version)
            ? cached
            : throw new BadInputException(
                new Problem(
                    WantedVersion.Where,
                    $"{_cache.FolderOf(wanted)} has {cached.Version}, not {wanted}",
                    $"take {wanted.Line}, or delete that folder to fetch what Debian has today"
                )
            );
    }

    private async Task<ServerBinary> AtPathAsync(string wanted, CancellationToken ct)
    {
        var full = wanted.Length == 0 ? "" : Path.GetFullPath(wanted);
        var program = new[]
        {
            full,
            Path.Combine(full, "valkey-server"),
            Path.Combine(full, "bin", "valkey-server"),
        }.FirstOrDefault(File.Exists);
        if (program is null)
        {
            throw wanted.Contains('/') || Directory.Exists(full)
                ? new BadInputException(
                    new Problem(
                        Option,
                        Directory.Exists(full) ? $"there is no valkey-server in {full}" : $"there is no {full}",
                        "name valkey-server, a folder that has it, or a version such as 9.1"
                    )
                )
                : Bad(
                    $"'{wanted}' is neither a version such as {WantedVersion.Default} nor a file",
                    [.. await OnPathAsync(ct), .. _cache.All()],
                    Option
                );
        }
        return await ServerProbe.AskAsync(program, time, ct) switch
        {
            ("Valkey", { } version, _) => new ServerBinary(program, version, ServerSource.Given),
            (_, null, var problem) => throw Unusable($"{program} is no server: {problem}"),
            (var product, var version, _) => throw Unusable($"{program} is {product} {version}, not Valkey"),
        };

        static BadInputException Unusable(string what) =>
            new(new Problem(Option, what, "name valkey-server, a folder that has it, or a version such as 9.1"));
    }

    private async Task<ImmutableArray<ServerBinary>> OnPathAsync(CancellationToken ct)
    {
        var found = ImmutableArray.CreateBuilder<ServerBinary>();
        foreach (var folder in places.SearchPath.Distinct(StringComparer.Ordinal))
        {
            var program = Path.Combine(folder, "valkey-server");
            if (File.Exists(program) && await ServerProbe.AskAsync(program, time, ct) is ("Valkey", { } version, _))
            {
                found.Add(new ServerBinary(program, version, ServerSource.Path));
            }
        }
        return found.ToImmutable();
    }

    private static BadInputException Bad(
        string what,
        ImmutableArray<ServerBinary> here,
        string where = WantedVersion.Where
    )
    {
        var fetchable = string.Join(", ", DebianRelease.All.Select(r => r.Line));
        var others = here.Where(s => DebianRelease.Of(WantedVersion.LineOf(s.Version)) is null)
            .Select(s => $"{s.Version} is in {Path.GetDirectoryName(s.Path)}");
        return new BadInputException(
            new Problem(
                where,
                what,
                string.Join(
                    "; ",
                    [$"Debian's archive has {fetchable}", .. others, "any other is named by its path: --valkey PATH"]
                )
            )
        );
    }
}
