using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// <c>slotwright pod prestop</c>, the hook before a member's server is sent TERM. The server's end is left to TERM: were
/// it to end here, the kubelet would take the hook, which ends with its container, for failed.
/// </summary>
internal static class PreStopRole
{
    public static Command Create(Wiring wiring)
    {
        var command = new Command("prestop", "hand over, and prepare the server's clean end by TERM");
        command.SetAction(
            async (_, ct) =>
            {
                var log = new PodLog(wiring.Terminal, "prestop", wiring.Time, ContainerLog.Find());
                var pod = PodEnvironment.Read(wiring.Environment.GetValueOrDefault);
                if (File.Exists(pod.Paths.HeldBack))
                {
                    log.Report("its server is held back, and has nothing to hand over: it is left to TERM");
                    return ExitCode.Done;
                }
                try
                {
                    await Departure.RunAsync(pod, log, wiring.Time, ct);
                }
                catch (Exception e) when (e is OperationFailedException or IOException)
                {
                    log.Report($"the server is left to TERM: {e.Message}"); // nothing that a failed hook would mend
                }
                return ExitCode.Done;
            }
        );
        return command;
    }
}
