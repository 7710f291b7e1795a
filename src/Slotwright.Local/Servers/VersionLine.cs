using System.Text.RegularExpressions;

namespace Slotwright.Local.Servers;

/// <summary>What <c>valkey-server --version</c> prints: "Valkey server v=9.1.2 sha=00000000:0 malloc=...".</summary>
internal static partial class VersionLine
{
    /// <returns>Null where the text is no server's.</returns>
    public static (string Product, Version Version)? Parse(string text) =>
        Line().Match(text) is { Success: true } match
        && Version.TryParse(match.Groups["version"].ValueSpan, out var version)
            ? (match.Groups["product"].Value, version)
            : null;

    // Release candidates say v=9.1.0-rc1, builds of the unstable branch v=255.255.255.
    [GeneratedRegex(
        @"^(?<product>Valkey|Redis) server v=(?<version>\d{1,5}\.\d{1,5}\.\d{1,5})(\s|-|$)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Line();
}
