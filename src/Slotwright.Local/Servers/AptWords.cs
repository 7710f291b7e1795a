using Slotwright.Core.Failures;

namespace Slotwright.Local.Servers;

/// <summary>Makes one error of apt's many lines, with what to do about it.</summary>
internal static class AptWords
{
    private const int Longest = 300;

    private static readonly string[] OfNoDisk = ["No space left on device", "enough free space"];

    /// <param name="doing">What was tried: "fetching Valkey 9.1 from Debian's sid".</param>
    /// <param name="command">The command without its paths: "apt-get update".</param>
    public static OperationFailedException ToFailure(string doing, string command, string text, string folder) =>
        Says(text, OfNoDisk)
            ? DiskFull(doing, folder, command)
            : new OperationFailedException($"{doing} failed: {Shorten(text)}", command: command, next: Remedy(text));

    public static OperationFailedException DiskFull(
        string doing,
        string folder,
        string? command = null,
        Exception? cause = null
    ) =>
        new(
            $"{doing} failed: the disk that has {folder} is full",
            command: command,
            next: "free about 100 MB there, or set SLOTWRIGHT_CACHE to a folder on another disk, and run this again",
            cause: cause
        );

    /// <summary>apt's errors, each once, without their prefixes; the last line where it named none.</summary>
    public static string Shorten(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var errors = lines
            .Where(l => l.StartsWith("E: ", StringComparison.Ordinal))
            .Concat(lines.Where(l => l.StartsWith("W: ", StringComparison.Ordinal)))
            .Select(l => l[3..])
            .Where(l => !l.StartsWith("Some index files failed", StringComparison.Ordinal))
            .DefaultIfEmpty(lines.LastOrDefault() ?? "it said nothing")
            .Distinct(StringComparer.Ordinal)
            .Take(2);
        var joined = string.Join("; ", errors);
        return joined.Length <= Longest ? joined : joined[..Longest] + "...";
    }

    private static string Remedy(string text) =>
        text switch
        {
            _ when Says(text, "is expired", "is not valid yet") =>
                "compare this machine's clock with the world's; if it is right, the mirror that apt uses has not been renewed for long",
            _ when Says(text, "NO_PUBKEY", "is not signed", "EXPKEYSIG", "couldn't be verified", "BADSIG") =>
                "renew Debian's keys (apt-get install debian-archive-keyring) and run this again",
            _ when Says(text, "does not have a Release file", "404 ") =>
                "the mirror that apt uses does not have this suite: choose another mirror in apt's sources, or name a server with --valkey PATH",
            _ =>
                "see that apt-get update works on this machine (network, proxy, sources) and run this again, or name a server with --valkey PATH",
        };

    private static bool Says(string text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}
