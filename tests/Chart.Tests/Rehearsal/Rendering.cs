using k8s;
using k8s.Models;
using Slotwright.Chart.Tests.Support;

namespace Slotwright.Chart.Tests.Rehearsal;

/// <summary>What helm makes of the chart for the rehearsed release, and in which order it takes the hooks.</summary>
internal sealed record Rendering(Manifests Manifests)
{
    public const string Release = "prod";
    public const string Namespace = "apps";

    private const string Hook = "helm.sh/hook";
    private const string Weight = "helm.sh/hook-weight";

    /// <param name="set">Values, as <c>--set</c> takes them.</param>
    public static async Task<Rendering> OfAsync(params string[] set)
    {
        var run = await TestHelm.Four.RunAsync([
            "template",
            Release,
            ChartFolder.Chart,
            "--namespace",
            Namespace,
            "--values",
            Path.Combine(ChartFolder.Root, "tests", "Chart.Tests", "Rehearsal", "values.yaml"),
            .. set.SelectMany(s => new[] { "--set", s }),
        ]);
        return new Rendering(Manifests.Parse(run.Checked()));
    }

    public V1StatefulSet StatefulSet => Manifests.StatefulSet;

    /// <summary>Everything that is no hook.</summary>
    public IEnumerable<IKubernetesObject<V1ObjectMeta>> Plain => Manifests.Objects.Where(o => HooksOf(o).Length == 0);

    /// <summary>The hooks of a moment: by weight, then what a Job needs before the Job, then by name.</summary>
    public IEnumerable<IKubernetesObject<V1ObjectMeta>> Hooks(string moment) =>
        Manifests
            .Objects.Where(o => HooksOf(o).Contains(moment, StringComparer.Ordinal))
            .OrderBy(o => int.Parse(o.Metadata.Annotations.TryGetValue(Weight, out var weight) ? weight : "0", null))
            .ThenBy(o => o is V1Job or V1Pod)
            .ThenBy(o => o.Metadata.Name, StringComparer.Ordinal);

    private static string[] HooksOf(IKubernetesObject<V1ObjectMeta> thing) =>
        thing.Metadata.Annotations is { } annotations && annotations.TryGetValue(Hook, out var hooks)
            ? hooks.Split(',')
            : [];
}
