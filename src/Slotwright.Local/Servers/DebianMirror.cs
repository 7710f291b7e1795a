namespace Slotwright.Local.Servers;

/// <summary>The Debian archive that this machine uses already, as apt knows it: no address stands in this program.</summary>
internal static class DebianMirror
{
    /// <summary>What apt-get indextargets is asked to print a line of.</summary>
    public const string Format = "$(REPO_URI)|$(ORIGIN)|$(LABEL)|$(COMPONENT)";

    /// <param name="targets">What it printed.</param>
    /// <returns>The archive's address; null where no source is Debian's own archive.</returns>
    public static string? Choose(string targets)
    {
        var main = targets
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('|'))
            .Where(fields => fields is [{ Length: > 0 }, _, _, "main"])
            .ToList();
        // Origin and label come from the lists that were downloaded. Before the first "apt-get update" they are not
        // known, and the address must do: .../debian/, or the mirror list of Debian's cloud images.
        var known = main.Find(f => f is [_, "Debian", "Debian", _]);
        var looksRight = main.Find(f =>
            IsUnknown(f[1])
            && (
                f[0].EndsWith("/debian/", StringComparison.Ordinal)
                || f[0].EndsWith("/debian.list/", StringComparison.Ordinal)
            )
        );
        return (known ?? looksRight)?[0];
    }

    // apt leaves a field that it does not know as it is written in the format.
    private static bool IsUnknown(string field) =>
        field.Length == 0 || field.StartsWith("$(", StringComparison.Ordinal);
}
