namespace Slotwright.Local.Servers;

/// <summary>A package that apt would install.</summary>
/// <param name="Version">As Debian writes it: 8.1.1+dfsg1-3+deb13u3.</param>
internal sealed record DebianPackage(string Name, string Version)
{
    /// <summary>The packages in the words of <c>apt-get --simulate install</c>: "Inst libc6 (2.43-7 Debian:unstable [amd64])".</summary>
    public static IEnumerable<DebianPackage> FromSimulation(string output) =>
        output
            .Split('\n')
            .Select(line => line.Split(' '))
            .Where(words => words is ["Inst", _, ['(', ..], ..])
            .Select(words => new DebianPackage(words[1], words[2][1..]));

    /// <summary>Whether a program can need it at run time; maintainer scripts are never run, so what serves them is left.</summary>
    public bool HoldsLibraries =>
        Name.StartsWith("lib", StringComparison.Ordinal) || Name.StartsWith("zlib", StringComparison.Ordinal);

    /// <summary>Upstream's part of the version: 8.1.1; null where it is no plain version.</summary>
    public Version? Upstream
    {
        get
        {
            var start = Version.IndexOf(':', StringComparison.Ordinal) + 1;
            var end = Version.AsSpan(start).IndexOfAny("+-~");
            var text = end < 0 ? Version.AsSpan(start) : Version.AsSpan(start, end);
            return System.Version.TryParse(text, out var version) ? version : null;
        }
    }

    public override string ToString() => $"{Name} {Version}";
}
