using System.Buffers;

namespace Slotwright.Targets;

/// <summary>A release of the chart in its namespace, as <c>NAMESPACE/RELEASE</c>.</summary>
internal sealed record ReleaseName(string Namespace, string Release)
{
    private const int Longest = 63;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <returns>Null where it is not two names that Kubernetes takes.</returns>
    public static ReleaseName? TryParse(string text) =>
        text.Split('/') is [var ns, var release] && IsName(ns) && IsName(release) ? new ReleaseName(ns, release) : null;

    private static bool IsName(string text) =>
        text.Length is > 0 and <= Longest
        && !text.AsSpan().ContainsAnyExcept(Letters)
        && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1]);
}
