using System.Net;
using System.Net.Sockets;
using Slotwright.Commands;
using Slotwright.Operations.Agent;
using Slotwright.Operations.Agent.Failover;

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
        await using var reflex = new FailoverReflex(place, () => loop.Status.LastView, log, wiring.Time);
        var listener = new AgentListener(
            listen,
            path => AgentPages.Find(path, loop.Status, reflex.Status, VersionCommand.Current, wiring.Time.GetUtcNow()),
            reflex.PostAsync,
            wiring.Time
        );
        var watching = UntilCancelledAsync(reflex.RunAsync(ct), ct);
        // the others' questions are answered until the end of its own server has been told
        using var served = new CancellationTokenSource();
        var serving = ServeAsync(listener, log, served.Token);
        await UntilCancelledAsync(loop.RunAsync(ct), ct);
        await watching;
        log.Report("ends");
        await served.CancelAsync();
        await serving;
    }

    private static async Task UntilCancelledAsync(Task task, CancellationToken ct)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { }
    }

    private static async Task ServeAsync(AgentListener listener, IProgress<string> log, CancellationToken ct)
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
