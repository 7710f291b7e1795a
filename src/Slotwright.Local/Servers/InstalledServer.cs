using System.Collections.Immutable;

namespace Slotwright.Local.Servers;

/// <summary>manifest.json of a server in the cache. It is written last: a folder without it is not complete.</summary>
/// <param name="Version">As the server said itself.</param>
/// <param name="Suite">Debian's suite that it came from.</param>
/// <param name="Packages">Name and version of each, as Debian writes them: libc6 2.43-7.</param>
/// <param name="Folder">Where it was installed: the programs hold this path, a moved folder does not run.</param>
internal sealed record InstalledServer(
    string Version,
    string Suite,
    ImmutableArray<string> Packages,
    string Folder,
    DateTimeOffset InstalledAt
)
{
    public const string FileName = "manifest.json";
}
