using System.Diagnostics;
using System.Net;
using Slotwright.Core.Metrics;
using Slotwright.Integration.Tests.Support;
using Slotwright.Operations.Agent;
using Slotwright.Operations.Agent.Failover;
using Slotwright.Operations.Running;

namespace Slotwright.Integration.Tests.Agents;

/// <summary>What an agent has for Prometheus, as Prometheus' own promtool judges it.</summary>
public sealed class MetricsTests
{
    [Theory, MemberData(nameof(AddressTests.Versions), MemberType = typeof(AddressTests))]
    public async Task Promtool_finds_nothing_to_say_of_a_primary_of_a_replica_or_of_a_member_that_is_away(
        string version
    )
    {
        await using var cluster = await AgentCluster.FormAsync(version);
        await using var crew = await AgentCrew.StartAsync(cluster.Host);
        var shard = (await cluster.LookAsync()).Shards()[0];
        var (primary, replica) = (shard.Primary.Member!, shard.Replicas[0].Member!);
        Assert.True(await BecomesAsync(() => Text(crew, primary).Contains("replication_lag_bytes{replica", Ordinal)));
        Assert.True(await BecomesAsync(() => Text(crew, replica).Contains("slotwright_member_link_up 1", Ordinal)));

        var text = Text(crew, primary);
        Assert.Contains($"slotwright_member_slots {shard.Slots.Count}\n", text, Ordinal);
        Assert.Contains("slotwright_cluster_slots{state=\"ok\"} 16384\n", text, Ordinal);
        Assert.Contains("slotwright_cluster_nodes{state=\"ok\"} 6\n", text, Ordinal);
        Assert.Contains("slotwright_member_replicas_in_sync 1\n", text, Ordinal);
        await cluster.Host.KillAsync("valkey-5", default);
        Assert.True(await BecomesAsync(() => Text(crew, "valkey-5").Contains("slotwright_member_up 0", Ordinal)));
        foreach (var member in (string[])[primary, replica, "valkey-5"])
        {
            Assert.Equal((0, ""), await PromtoolAsync(Text(crew, member)));
        }
        Assert.NotEqual(0, (await PromtoolAsync("# TYPE a counter\na{b=\"c} 1\n")).ExitCode);
    }

    [Fact]
    public async Task They_are_served_by_HTTP_and_so_is_whether_the_agent_looks()
    {
        var now = TimeProvider.System.GetUtcNow();
        var status = new AgentStatus { Hostname = "m-0.test", Started = now };
        var at = new IPEndPoint(IPAddress.Loopback, Local.LocalSandbox.NextBasePort());
        var listener = new AgentListener(
            at,
            path => AgentPages.Find(path, status, new FailoverStatus(), "0.1.0", now),
            (_, _, _) => Task.FromResult<HttpPage?>(null),
            TimeProvider.System
        );
        using var end = new CancellationTokenSource();
        var serving = listener.RunAsync(end.Token);
        using var client = new HttpClient { BaseAddress = new Uri($"http://{at}") };

        using var metrics = await client.GetAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Equal(PrometheusText.ContentType, metrics.Content.Headers.ContentType?.ToString());
        var text = await metrics.Content.ReadAsStringAsync();
        Assert.Contains("slotwright_build_info{version=\"0.1.0\"} 1\n", text, Ordinal);
        Assert.Equal((0, ""), await PromtoolAsync(text));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode);
        status = status with { Started = now.AddHours(-1) };
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            (await client.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode
        );
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
        Assert.Equal(
            HttpStatusCode.MethodNotAllowed,
            (await client.PostAsync(new Uri("/metrics", UriKind.Relative), null)).StatusCode
        );
        var second = new AgentListener(
            at,
            _ => null,
            (_, _, _) => Task.FromResult<HttpPage?>(null),
            TimeProvider.System
        );
        Assert.Contains(
            "taken",
            (await Assert.ThrowsAsync<IOException>(() => second.RunAsync(default))).Message,
            Ordinal
        );

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string Text(AgentCrew crew, string member) =>
        PrometheusText.Write(AgentMetrics.Of(crew.StatusOf(member), crew.FailoverOf(member), "0.1.0"));

    private static Task<bool> BecomesAsync(Func<bool> condition) =>
        Wait.UntilAsync(_ => ValueTask.FromResult(condition()), AgentCluster.Patience, TimeProvider.System, default);

    private static async Task<(int ExitCode, string Words)> PromtoolAsync(string metrics)
    {
        Assert.True(File.Exists(TestClients.Promtool), $"there is no {TestClients.Promtool}: tests/prepare fetches it");
        var start = new ProcessStartInfo(TestClients.Promtool, ["check", "metrics"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(metrics);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
