using System.Text.Json;

namespace Slotwright.Local.Servers;

/// <summary>The user's cache: one folder a line of Valkey, complete once its manifest is there.</summary>
internal sealed class ServerCache(string root)
{
    public string Root { get; } = root;

    public string FolderOf(WantedVersion line) => Path.Combine(Root, line.Line.ToString());

    public string LockOf(WantedVersion line) => Path.Combine(Root, $".{line.Line}.lock");

    /// <returns>The server of this line, whatever its patch level; null where none is complete.</returns>
    public ServerBinary? Find(WantedVersion line)
    {
        var folder = FolderOf(line);
        var server = ServerIn(folder);
        return
            ReadManifest(folder) is { } manifest
            && string.Equals(manifest.Folder, folder, StringComparison.Ordinal)
            && Version.TryParse(manifest.Version, out var version)
            && File.Exists(server)
            ? new ServerBinary(server, version, ServerSource.Cache)
            : null;
    }

    /// <summary>All that are complete, newest first.</summary>
    public IEnumerable<ServerBinary> All() =>
        !Directory.Exists(Root)
            ? []
            : Directory
                .EnumerateDirectories(Root)
                .Select(d => WantedVersion.TryParse(Path.GetFileName(d), out var line) ? Find(line) : null)
                .OfType<ServerBinary>()
                .OrderByDescending(s => s.Version);

    public static string ServerIn(string folder) => Path.Combine(folder, "bin", "valkey-server");

    /// <summary>The commit of an install: from here on the folder counts.</summary>
    public static async Task WriteManifestAsync(InstalledServer manifest, CancellationToken ct)
    {
        var path = Path.Combine(manifest.Folder, InstalledServer.FileName);
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, ServersJson.Readable.InstalledServer);
        await File.WriteAllBytesAsync(path + ".new", json, ct);
        File.Move(path + ".new", path, overwrite: true);
    }

    private static InstalledServer? ReadManifest(string folder)
    {
        var path = Path.Combine(folder, InstalledServer.FileName);
        if (!File.Exists(path))
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ServersJson.Readable.InstalledServer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
