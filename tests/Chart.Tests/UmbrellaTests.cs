using Slotwright.Chart.Tests.Support;

namespace Slotwright.Chart.Tests;

/// <summary>The chart as a dependency of another.</summary>
public sealed class UmbrellaTests
{
    private const string Values = """
        global:
          imageRegistry: mirror.example.com
          imagePullSecrets: [pull]
          storageClass: of-somebody-else
        valkey-cluster:
          enabled: true
          replicaCount: 8
        """;

    [Fact]
    public async Task It_renders_as_a_dependency_with_the_globals_of_all()
    {
        foreach (var helm in TestHelm.All)
        {
            using var scratch = new ScratchFolder();
            var run = await helm.RunAsync(["template", "shop", Write(scratch, Values)]);
            var set = Manifests.Parse(run.Checked()).StatefulSet;
            Assert.Equal("shop-valkey-cluster", set.Metadata.Name);
            Assert.Equal(8, set.Spec.Replicas);
            Assert.All(
                set.Spec.Template.Spec.Containers,
                c => Assert.StartsWith("mirror.example.com/", c.Image, StringComparison.Ordinal)
            );
            Assert.Equal("pull", set.Spec.Template.Spec.ImagePullSecrets.Single().Name);
        }
    }

    [Fact]
    public async Task It_is_left_out_when_it_is_not_enabled()
    {
        using var scratch = new ScratchFolder();
        var chart = Write(scratch, Values.Replace("enabled: true", "enabled: false"));
        Assert.DoesNotContain("StatefulSet", (await TestHelm.Four.RunAsync(["template", "shop", chart])).Checked());
    }

    [Fact]
    public async Task A_mistyped_key_is_found_there_too()
    {
        using var scratch = new ScratchFolder();
        var chart = Write(scratch, Values.Replace("replicaCount", "replicacount"));
        var run = await TestHelm.Four.RunAsync(["template", "shop", chart]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("replicacount", run.Errors);
    }

    private static string Write(ScratchFolder scratch, string values)
    {
        scratch.Write(
            "Chart.yaml",
            """
            apiVersion: v2
            name: umbrella
            version: 1.0.0
            dependencies:
              - name: valkey-cluster
                version: 0.1.0
                condition: valkey-cluster.enabled
            """
        );
        scratch.Write("values.yaml", values);
        ChartFolder.CopyTo(Path.Combine(scratch.Path, "charts", "valkey-cluster"));
        return scratch.Path;
    }
}
