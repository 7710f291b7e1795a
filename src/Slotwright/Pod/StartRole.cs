using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Local.Storage;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary>
/// <c>slotwright pod start</c>, the command of the server's container: its guards, then the server in this process's
/// place, so that it is the one that the kubelet sends TERM.
/// </summary>
internal static class StartRole
{
    public static Command Create(Wiring wiring)
    {
        var command = new Command("start", "run the guards, then become valkey-server");
        command.SetAction(
            async (_, ct) =>
            {
                var pod = PodEnvironment.Read(wiring.Environment.GetValueOrDefault);
                if (!File.Exists(pod.Paths.Config))
                {
                    throw new OperationFailedException(
                        $"there is no {pod.Paths.Config}",
                        next: "the init container prepare-config writes it: look at its log; was the volume emptied since, delete the pod"
                    );
                }
                var log = new PodLog(wiring.Terminal, "start", wiring.Time);
                await StartTurn.TakeAsync(pod, log, wiring.Time, ct);
                await StartGuards.RunAsync(pod, log, wiring.Random, wiring.Time, ct);
                ct.ThrowIfCancellationRequested(); // TERM that came before would not reach the server
                ConversionMark.Delete(pod.Paths.Data);
                LeadMark.Delete(pod.Paths);
                throw Exec.Replace(
                    ServerProgram.Find(pod),
                    [ServerProgram.Name, pod.Paths.Config, .. ResumeFile.ArgumentsFor(pod.Paths.Data)]
                );
            }
        );
        return command;
    }
}
