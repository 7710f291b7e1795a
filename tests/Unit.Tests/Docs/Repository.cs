using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Slotwright.Unit.Tests.Docs;

/// <summary>The repository that the tests were built in.</summary>
internal static partial class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Paths of all pages, from the root.</summary>
    public static string[] Pages { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*.md"),
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories),
        .. Directory.EnumerateFiles(Path.Combine(Root, "bench", "results"), "*.md"),
        .. Directory.EnumerateFiles(Path.Combine(Root, "charts"), "*.md", SearchOption.AllDirectories),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>A page without what stands in its code blocks.</summary>
    public static string Prose(string page) => CodeBlock().Replace(Read(page), "");

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(
        "^```.*?^```$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex CodeBlock();
}
