using System.Collections.Immutable;
using Slotwright.Local.Servers;

namespace Slotwright.Unit.Tests.Servers;

/// <summary>A folder with a search path of fake programs and a cache, removed at the end.</summary>
public sealed class FakeMachine : IDisposable
{
    private readonly List<string> _searchPath = [];

    public FakeMachine(string cache = "cache")
    {
        Root = Directory.CreateTempSubdirectory("slotwright-servers-").FullName;
        Cache = Path.Combine(Root, cache);
        Locator = new(() => new ServerLocator(Places, TimeProvider.System));
    }

    public string Root { get; }

    public string Cache { get; }

    public ServerPlaces Places => new([.. _searchPath], Cache);

    public Lazy<ServerLocator> Locator { get; }

    /// <summary>What the locator said.</summary>
    public Said Talk { get; } = new();

    /// <summary>A fake valkey-server in a folder of its own on the search path; the result is its path.</summary>
    public string ServerOnPath(string version) => OnPath("valkey-server", Says(version));

    public string OnPath(string name, string script)
    {
        var folder = Path.Combine(Root, $"path{_searchPath.Count}");
        _searchPath.Add(folder);
        return Script(folder, name, script);
    }

    public string Server(string folder, string version) =>
        Script(Path.Combine(Root, folder), "valkey-server", Says(version));

    /// <summary>A server in the cache, as an install leaves it.</summary>
    public string Cached(string line, string version, string? manifestFolder = null)
    {
        var folder = Path.Combine(Cache, line);
        var server = Script(Path.Combine(folder, "bin"), "valkey-server", Says(version));
        var manifest = new InstalledServer(
            version,
            "sid",
            ImmutableArray<string>.Empty,
            manifestFolder ?? folder,
            DateTimeOffset.UnixEpoch
        );
        File.WriteAllBytes(
            Path.Combine(folder, InstalledServer.FileName),
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(manifest, ServersJson.Readable.InstalledServer)
        );
        return server;
    }

    /// <summary>Debian's tools on the path: apt-get runs this script, the architecture is amd64.</summary>
    public void Debian(string aptGet)
    {
        OnPath("apt-get", aptGet);
        OnPath("dpkg", "echo amd64");
        OnPath("dpkg-deb", "exit 1");
    }

    public Task<ServerBinary> FindAsync(string wanted) => Locator.Value.FindAsync(wanted, Talk, Ct);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Says(string version) => $"echo 'Valkey server v={version} sha=00000000:0 bits=64 build=0'";

    private static string Script(string folder, string name, string script)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.Copy("/bin/sh", path); // for its mode
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        return path;
    }
}
