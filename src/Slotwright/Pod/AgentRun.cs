using System.Net;
using System.Net.Sockets;
using Slotwright.Commands;
using Slotwright.Operations.Agent;

namespace Slotwright.Pod;

/// <summary>An agent with its metrics, until it is told to end. It goes on without metrics where their port is taken.</summary>
internal static class AgentRun
{
    public static async Task RunAsync(
        IAgentPlace place,
        IPEndPoint listen,
        IProgress<string> log,
        Wiring wiring,
        CancellationToken ct
    )
    {
        await using var loop = new AgentLoop(place, log, wiring.Random, wiring.Time);
        var listener = new MetricsListener(
            listen,
            path => AgentPages.Find(path, loop.Status, VersionCommand.Current, wiring.Time.GetUtcNow()),
            wiring.Time
        );
        var serving = ServeAsync(listener, log, ct);
        try
        {
            await loop.RunAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            log.Report("ends");
        }
        await serving;
    }

    private static async Task ServeAsync(MetricsListener listener, IProgress<string> log, CancellationToken ct)
    {
        try
        {
            await listener.RunAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
        catch (Exception e) when (e is IOException or SocketException)
        {
            log.Report($"goes on without metrics: {e.Message}");
        }
    }
}
