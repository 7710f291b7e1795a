using k8s.Models;
using Slotwright.Chart.Tests.Support;
using Slotwright.Chart.Tests.Support.Kinds;

namespace Slotwright.Chart.Tests;

/// <summary>
/// Who is selected by what. In the guide's chart the Job's pod matches the members' budget: while it fails, no node with a
/// member can be drained.
/// </summary>
public sealed class SelectorTests
{
    public static TheoryData<string> Cases => ChartCase.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task No_pod_but_the_members_is_selected_together_with_them(string name)
    {
        var manifests = await Manifests.OfAsync(name);
        Assert.Empty(Mixed(manifests, manifests.Pods));
        Assert.All(
            Selection.All(manifests).Where(s => !s.Purpose.EndsWith("policy", StringComparison.Ordinal)),
            s => Assert.Equal([true], Matched(s, manifests).Select(p => p.IsMember))
        );
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Each_policy_is_for_the_members_or_for_one_of_the_others(string name)
    {
        var manifests = await Manifests.OfAsync(name);
        Assert.All(
            Selection.All(manifests).Where(s => s.Purpose.EndsWith("policy", StringComparison.Ordinal)),
            s => Assert.Single(Matched(s, manifests))
        );
        Assert.All(
            manifests.Of<V1NetworkPolicy>().Where(p => p.Metadata.Name == manifests.StatefulSet.Metadata.Name),
            p =>
                Assert.All(
                    manifests.Pods,
                    pod =>
                        Assert.Contains(
                            Selection.All(manifests),
                            s => s.Purpose.EndsWith("policy", StringComparison.Ordinal) && s.Matches(pod.Labels)
                        )
                )
        );
    }

    [Fact]
    public async Task A_Job_with_the_labels_of_the_guides_chart_is_found()
    {
        var manifests = await Manifests.OfAsync("guide");
        var labels = new Dictionary<string, string>(manifests.StatefulSet.Spec.Selector.MatchLabels)
        {
            ["app.kubernetes.io/component"] = "bootstrap",
        };
        var guides = new PodOf(manifests.Of<V1Job>().First(), labels, new V1PodSpec());
        var found = Mixed(manifests, manifests.Pods.Append(guides)).ToArray();
        Assert.Contains(found, f => f.StartsWith("PodDisruptionBudget/", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("Service/", StringComparison.Ordinal));
        Assert.Contains(found, f => f.StartsWith("NetworkPolicy/", StringComparison.Ordinal));
        Assert.Contains(found, f => f.Contains("spread"));
    }

    [Fact]
    public async Task Another_release_beside_it_is_not_selected_and_selects_nothing_here()
    {
        var one = await Manifests.OfAsync("defaults");
        var other = Manifests.Parse(
            (
                await TestHelm.Four.RunAsync([
                    "template",
                    "other",
                    ChartFolder.Chart,
                    .. ChartCase.Of("defaults").Options,
                ])
            ).Checked()
        );
        Assert.All(Selection.All(one), s => Assert.DoesNotContain(other.Pods, p => s.Matches(p.Labels)));
        Assert.All(Selection.All(other), s => Assert.DoesNotContain(one.Pods, p => s.Matches(p.Labels)));
    }

    [Fact]
    public async Task The_monitor_selects_the_headless_Service_and_ports_that_it_has()
    {
        var manifests = await Manifests.OfAsync("defaults");
        var monitor = manifests.One<ServiceMonitor>();
        var selection = new Selection("monitor", monitor.Spec.Selector);
        var service = Assert.Single(manifests.Of<V1Service>(), s => selection.Matches(s.Metadata.Labels));
        string[] ports = [.. monitor.Spec.Endpoints.Select(e => e.Port)];
        Assert.Equal(["http-metrics", "http-agent"], ports);
        Assert.Empty(ports.Except(service.Spec.Ports.Select(p => p.Name)));
        Assert.Equal("apps", monitor.Spec.NamespaceSelector["matchNames"].Single());
    }

    private static IEnumerable<PodOf> Matched(Selection selection, Manifests manifests) =>
        manifests.Pods.Where(p => selection.Matches(p.Labels));

    private static IEnumerable<string> Mixed(Manifests manifests, IEnumerable<PodOf> pods) =>
        from s in Selection.All(manifests)
        let matched = pods.Where(p => s.Matches(p.Labels)).ToArray()
        where matched.Any(p => p.IsMember) && matched.Any(p => !p.IsMember)
        select s.Purpose;
}
