using System.Text.RegularExpressions;

namespace Slotwright.Local.Servers;

/// <summary>The Debian archive that this machine uses already, as apt knows it: no address stands in this program.</summary>
internal static partial class DebianMirror
{
    /// <summary>What <c>apt-get indextargets</c> is asked to print a line of.</summary>
    public const string Format = "$(REPO_URI)|$(ORIGIN)|$(LABEL)|$(COMPONENT)";

    /// <summary>By what the archives say of themselves in the lists that were downloaded.</summary>
    /// <param name="targets">What <c>apt-get indextargets</c> printed.</param>
    /// <returns>The archive's address; null where no list is Debian's own archive, or none was downloaded yet.</returns>
    public static string? Known(string targets) =>
        targets
            .Split('\n', StringSplitOptions.TrimEntries)
            .Select(line => line.Split('|'))
            .FirstOrDefault(fields => fields is [{ Length: > 0 }, "Debian", "Debian", "main"])
            ?[0];

    /// <summary>
    /// By the addresses alone, before the first <c>apt-get update</c>, as in a container's image: .../debian/, or the
    /// mirror list of Debian's cloud images.
    /// </summary>
    /// <param name="uris">What <c>apt-get update --print-uris</c> printed.</param>
    /// <returns>The archive's address; null where none looks like Debian's.</returns>
    public static string? Guess(string uris) =>
        Release()
            .Matches(uris)
            .Select(match => match.Groups["archive"].Value)
            .Where(archive =>
                archive.EndsWith("/debian/", StringComparison.Ordinal)
                || archive.EndsWith("/debian.list/", StringComparison.Ordinal)
            )
            // Other vendors serve theirs below a folder: /linux/debian/.
            .MinBy(archive => archive.Count(c => c == '/'));

    [GeneratedRegex(
        "^'(?<archive>[^']+/)dists/[^'/]+/InRelease'",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Release();
}
