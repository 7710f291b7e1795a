using System.Text.RegularExpressions;

namespace Slotwright.Unit.Tests.Docs;

/// <summary>What the pages name is there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_link_between_pages_leads_somewhere() =>
        Assert.Empty(Repository.Pages.SelectMany(page => BrokenLinks(page, Repository.Prose(page))));

    [Fact]
    public void Every_file_that_a_page_names_is_there() =>
        Assert.Empty(Repository.Pages.SelectMany(page => MissingFiles(page, Repository.Prose(page))));

    [Fact]
    public void A_link_to_nowhere_and_one_to_a_heading_that_is_not_there_are_found()
    {
        const string text =
            "[a](missing.md) [b](README.md#no-such-heading) [c](README.md#exit-codes) [d](https://e.org)";
        var page = Path.Combine(Repository.Root, "README.md");
        Assert.Equal(2, BrokenLinks(page, text).Count());
        Assert.Single(MissingFiles(page, "`src/Nowhere/Nothing.cs` and `docs/clients.md`"));
    }

    private static IEnumerable<string> BrokenLinks(string page, string text)
    {
        foreach (Match link in Link().Matches(text))
        {
            var target = link.Groups["target"].Value;
            if (target.Contains("://", StringComparison.Ordinal))
            {
                continue;
            }
            var parts = target.Split('#');
            var path = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                yield return $"{page}: {target}: no such file";
            }
            else if (parts.Length > 1 && !Headings(path).Contains(parts[1], StringComparer.Ordinal))
            {
                yield return $"{page}: {target}: no such heading";
            }
        }
    }

    private static IEnumerable<string> MissingFiles(string page, string text) =>
        Named()
            .Matches(text)
            .Select(m => m.Groups["path"].Value)
            .Where(path => !Path.Exists(Path.Combine(Repository.Root, path)))
            .Select(path => $"{page}: there is no {path}");

    /// <summary>As GitHub makes anchors of them.</summary>
    private static IEnumerable<string> Headings(string page) =>
        Repository
            .Prose(page)
            .Split('\n')
            .Where(line => line.StartsWith('#'))
            .Select(line => NotInAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), ""))
            .Select(line => line.Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(src|tests|docs|bench|\.ci)/[\w./*-]*\w)/?`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotInAnchors();
}
