using k8s.Models;

namespace Slotwright.Chart.Tests.Support;

/// <summary>A selector of pods, and what it is there for.</summary>
public sealed record Selection(string Purpose, V1LabelSelector Selector)
{
    public bool Matches(IDictionary<string, string> labels) =>
        (Selector.MatchLabels ?? new Dictionary<string, string>()).All(l =>
            labels.TryGetValue(l.Key, out var v) && v == l.Value
        ) && (Selector.MatchExpressions ?? []).All(e => Matches(e, labels));

    /// <summary>Everything in the manifests that selects pods.</summary>
    public static IEnumerable<Selection> All(Manifests manifests)
    {
        foreach (var o in manifests.Objects)
        {
            foreach (var selection in Of(o))
            {
                yield return selection with
                {
                    Purpose = $"{o.Kind}/{o.Metadata.Name}: {selection.Purpose}",
                };
            }
        }
    }

    private static IEnumerable<Selection> Of(object o) =>
        o switch
        {
            V1PodDisruptionBudget b => [new("budget", b.Spec.Selector)],
            V1Service s => [new("service", new V1LabelSelector { MatchLabels = s.Spec.Selector })],
            V1NetworkPolicy p => [new("policy", p.Spec.PodSelector)],
            V1StatefulSet s =>
            [
                new("owner", s.Spec.Selector),
                .. (s.Spec.Template.Spec.TopologySpreadConstraints ?? []).Select(c => new Selection(
                    "spread",
                    c.LabelSelector
                )),
                .. (
                    s.Spec.Template.Spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? []
                ).Select(t => new Selection("anti-affinity", t.LabelSelector)),
                .. (
                    s.Spec.Template.Spec.Affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution
                    ?? []
                ).Select(t => new Selection("anti-affinity", t.PodAffinityTerm.LabelSelector)),
            ],
            _ => [],
        };

    private static bool Matches(V1LabelSelectorRequirement e, IDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(e.Key, out var value);
        return e.OperatorProperty switch
        {
            "In" => has && e.Values.Contains(value),
            "NotIn" => !has || !e.Values.Contains(value),
            "Exists" => has,
            "DoesNotExist" => !has,
            _ => throw new InvalidOperationException(e.OperatorProperty),
        };
    }
}
