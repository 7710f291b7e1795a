using System.CommandLine;
using System.Net;
using Slotwright.Output;
using Slotwright.Pod;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright local agent MEMBER</c>: what <c>up --agents</c> starts for each member, and nobody types.</summary>
internal static class LocalAgentCommand
{
    public static Command Create(Wiring wiring)
    {
        var member = new Argument<string>("MEMBER") { Description = "the member that it looks after" };
        var command = new Command("agent", "a member's agent, until it is ended; up --agents starts it")
        {
            Hidden = true,
            Arguments = { member },
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var host = new TargetResolver(wiring).OpenLocal(parsed, "local agent");
                var place = host.AgentPlace(parsed.GetValue(member)!, out var metrics);
                var log = new PodLog(wiring.Terminal, "agent", wiring.Time);
                log.Report($"looks after {place.Hostname}, metrics at http://{metrics}/metrics");
                var listen = new IPEndPoint(IPAddress.Parse(metrics.Host), metrics.Port);
                await AgentRun.RunAsync(place, listen, log, wiring, ct);
                return ExitCode.Done;
            }
        );
        return command;
    }
}
