using System.CommandLine;
using Slotwright.Output;

namespace Slotwright.Pod;

/// <summary><c>slotwright pod probe KIND</c>: what the kubelet asks every few seconds.</summary>
internal static class ProbeRole
{
    public static Command Create(Wiring wiring)
    {
        var kind = new Argument<ProbeKind>("KIND") { Description = "startup, liveness or readiness" };
        var command = new Command("probe", "say whether the member lives or is ready, and why") { kind };
        command.SetAction(parsed =>
        {
            var asked = parsed.GetValue(kind);
            var result = Probe.Run(asked, wiring.Environment.GetValueOrDefault);
            wiring.Terminal.Out.WriteLine(ProbeOutput.Line(asked, result));
            return ExitCodeOf(result);
        });
        return command;
    }

    /// <summary>The same without what a command line for people costs; null where it is no probe.</summary>
    public static int? TryRun(string[] args)
    {
        ProbeKind? kind = args is ["pod", "probe", var word]
            ? word switch
            {
                "startup" => ProbeKind.Startup,
                "liveness" => ProbeKind.Liveness,
                "readiness" => ProbeKind.Readiness,
                _ => null,
            }
            : null;
        if (kind is null)
        {
            return null;
        }
        var result = Probe.Run(kind.Value, Environment.GetEnvironmentVariable);
        ProbeOutput.Print(kind.Value, result);
        return ExitCodeOf(result);
    }

    private static int ExitCodeOf(ProbeResult result) => result.IsGood ? ExitCode.Done : ExitCode.Failed;
}
