using System.CommandLine;

namespace Slotwright.Pod;

/// <summary>
/// <c>slotwright pod</c>: the moments in the life of a member's pod and of the release's Jobs, one verb each. The chart
/// runs them; people don't, so that the list of commands leaves them out.
/// </summary>
internal static class PodCommand
{
    public static Command Create(Wiring wiring) =>
        new("pod", "what the chart's containers run; not for people")
        {
            Hidden = true,
            Subcommands =
            {
                InstallRole.Create(wiring),
                KernelTuningRole.Create(wiring),
                InitRole.Create(wiring),
                StartRole.Create(wiring),
                ProbeRole.Create(wiring),
                PreStopRole.Create(wiring),
                AgentRole.Create(wiring),
                SecretRole.Create(wiring),
                CheckRole.Create(wiring),
                BootstrapRole.Create(wiring),
                TestRole.Create(wiring),
            },
        };
}
