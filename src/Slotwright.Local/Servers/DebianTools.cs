using System.Collections.Immutable;

namespace Slotwright.Local.Servers;

/// <summary>Debian's own programs that fetch and unpack, by absolute path.</summary>
internal sealed record DebianTools(string AptGet, string Dpkg, string DpkgDeb)
{
    /// <param name="missing">The first that is not there.</param>
    public static DebianTools? Find(ImmutableArray<string> searchPath, out string missing)
    {
        string?[] found =
        [
            .. ((string[])["apt-get", "dpkg", "dpkg-deb"]).Select(name =>
                searchPath.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ),
        ];
        missing = found switch
        {
            [null, ..] => "apt-get",
            [_, null, _] => "dpkg",
            [.., null] => "dpkg-deb",
            _ => "",
        };
        return found is [{ } apt, { } dpkg, { } deb] ? new DebianTools(apt, dpkg, deb) : null;
    }
}
