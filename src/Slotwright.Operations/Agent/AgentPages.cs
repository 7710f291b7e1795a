using Slotwright.Core.Metrics;
using Slotwright.Operations.Agent.Failover;

namespace Slotwright.Operations.Agent;

/// <summary>What an agent shows by HTTP.</summary>
public static class AgentPages
{
    /// <summary>An agent that has not looked for that long hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <returns>Null where there is no such page.</returns>
    public static HttpPage? Find(
        string path,
        AgentStatus status,
        FailoverStatus failover,
        string version,
        DateTimeOffset now
    ) =>
        path switch
        {
            "/metrics" => new HttpPage(200, PrometheusText.Write(AgentMetrics.Of(status, failover, version)))
            {
                ContentType = PrometheusText.ContentType,
            },
            "/healthz" => now - (status.Looked ?? status.Started) < Patience
                ? new HttpPage(200, $"ok: {status.Decision?.Reason ?? "the server does not answer"}\n")
                : new HttpPage(503, $"no look for {Patience.TotalSeconds:0} s\n"),
            _ => null,
        };
}
