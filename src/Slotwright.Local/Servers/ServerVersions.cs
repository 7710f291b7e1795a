using System.Collections.Concurrent;

namespace Slotwright.Local.Servers;

/// <summary>What servers say of themselves, asked once for each program: a package manager may put another in its place.</summary>
internal sealed class ServerVersions(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Path, long Length, DateTime Written), Version> _known = new();

    /// <returns>Null where it could not be told.</returns>
    public async Task<Version?> FindAsync(string program, CancellationToken ct)
    {
        var file = new FileInfo(program);
        var key = (program, file.Exists ? file.Length : 0, file.LastWriteTimeUtc);
        if (!_known.TryGetValue(key, out var version))
        {
            version = (await ServerProbe.AskAsync(program, time, ct)).Version;
            if (version is not null)
            {
                _known[key] = version;
            }
        }
        return version;
    }
}
