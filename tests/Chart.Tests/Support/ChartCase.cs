using System.Collections.Concurrent;
using System.Text.Json;

namespace Slotwright.Chart.Tests.Support;

/// <summary>
/// One way to use the chart: values files, release and namespace. Each has its manifests and notes in
/// <c>charts/valkey-cluster/rendered</c>. The first line of a file in Cases/ may say <c># release=R namespace=N
/// api-versions=A,B kube-version=V</c>.
/// </summary>
public sealed record ChartCase(
    string Name,
    string[] Files,
    string Release,
    string Namespace,
    string? ApiVersions,
    string? KubeVersion = null
)
{
    private static readonly ConcurrentDictionary<(string, string), Task<string>> Done = [];

    public static ChartCase[] All { get; } =
    [
        .. Profiles(),
        .. Directory.EnumerateFiles(ChartFolder.Cases, "*.yaml").Order(StringComparer.Ordinal).Select(Read),
    ];

    /// <summary>Names of all, for theories.</summary>
    public static TheoryData<string> Names { get; } = [.. All.Select(c => c.Name)];

    public static ChartCase Of(string name) => All.Single(c => c.Name == name);

    public string GoldenManifests => ChartFolder.Of("rendered", $"{Name}.yaml");

    public string GoldenNotes => ChartFolder.Of("rendered", $"{Name}.notes.txt");

    /// <summary>The manifests; each helm renders a case once in a test run.</summary>
    public Task<string> RenderAsync(TestHelm helm) =>
        Done.GetOrAdd(
            (Name, helm.Version),
            async _ => (await helm.RunAsync(["template", Release, ChartFolder.Chart, .. Options])).Checked()
        );

    /// <summary>The manifests with some more options.</summary>
    public async Task<string> RenderAsync(TestHelm helm, params string[] more) =>
        (await helm.RunAsync(["template", Release, ChartFolder.Chart, .. Options, .. more])).Checked();

    /// <summary>
    /// What NOTES.txt says, by way of a manifest that has it as a text: helm prints notes only where it has a cluster.
    /// </summary>
    public async Task<string> NotesAsync(TestHelm helm)
    {
        const string Template = "templates/notes-as-text.yaml";
        using var scratch = new ScratchFolder();
        ChartFolder.CopyTo(scratch.Path);
        var notes = ChartFolder.Read("templates", "NOTES.txt");
        scratch.Write(
            Template,
            $"{{{{- define \"notes\" }}}}{notes}{{{{ end }}}}\nnotes: {{{{ include \"notes\" . | toJson }}}}\n"
        );
        var run = await helm.RunAsync(["template", Release, scratch.Path, .. Options, "--show-only", Template]);
        var text = run.Checked().Split("\nnotes: ", 2)[1];
        return JsonSerializer.Deserialize<string>(text)!.TrimEnd() + "\n";
    }

    /// <summary>Values files, registry and namespace, as helm takes them.</summary>
    public string[] Options =>
        [
            .. Files.SelectMany(f => new[] { "--values", f }),
            .. Files.Any(f => File.ReadAllText(f).Contains("imageRegistry:"))
                ? Array.Empty<string>()
                : ["--set", "slotwright.image.registry=registry.example.com"],
            "--namespace",
            Namespace,
            .. ApiVersions is null ? Array.Empty<string>() : ["--api-versions", ApiVersions],
            .. KubeVersion is null ? Array.Empty<string>() : ["--kube-version", KubeVersion],
        ];

    private static IEnumerable<ChartCase> Profiles()
    {
        string File(string name) => ChartFolder.Of("profiles", $"values-{name}.yaml");
        yield return new("profile-dev", [File("dev")], "valkey", "valkey", null);
        yield return new("profile-eks", [File("eks")], "valkey", "valkey", null);
        yield return new("profile-restricted", [File("eks"), File("restricted")], "valkey", "valkey", null);
        yield return new("profile-large", [File("eks"), File("large")], "valkey", "valkey", null);
    }

    private static ChartCase Read(string file)
    {
        var head = File.ReadLines(file).FirstOrDefault("").TrimStart('#').Split(' ');
        string? Said(string key) =>
            head.Where(w => w.StartsWith(key + "=", StringComparison.Ordinal))
                .Select(w => w[(key.Length + 1)..])
                .FirstOrDefault();
        return new(
            Path.GetFileNameWithoutExtension(file),
            [file],
            Said("release") ?? "valkey",
            Said("namespace") ?? "valkey",
            Said("api-versions"),
            Said("kube-version")
        );
    }
}
