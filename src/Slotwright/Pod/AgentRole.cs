using System.CommandLine;
using System.Net;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// <c>slotwright pod agent</c>, a sidecar: mends what a running cluster can't mend by itself, and has metrics of it. It
/// waits for nobody: a server that does not answer yet is looked at again.
/// </summary>
internal static class AgentRole
{
    public static Command Create(Wiring wiring)
    {
        var command = new Command("agent", "mend what a running cluster can't mend by itself, and serve metrics");
        command.SetAction(
            async (_, ct) =>
            {
                var pod = PodEnvironment.Read(wiring.Environment.GetValueOrDefault);
                var log = new PodLog(wiring.Terminal, "agent", wiring.Time);
                log.Report($"looks after {pod.Fqdn}, metrics at port {pod.AgentPort}");
                var failover = AgentSettings.Read(wiring.Environment.GetValueOrDefault);
                var place = new PodAgentPlace(pod, failover, wiring.Time);
                await AgentRun.RunAsync(place, Listen(pod), log, wiring, ct);
                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>All addresses, of both families; where a pod's life is rehearsed, its own alone.</summary>
    private static IPEndPoint Listen(PodEnvironment pod) =>
        IPAddress.Parse(pod.Ip) is var ip && IPAddress.IsLoopback(ip)
            ? new(ip, pod.AgentPort)
            : new(IPAddress.IPv6Any, pod.AgentPort);
}
