using System.CommandLine;
using Slotwright.Local.Hosting;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright down</c>: stops a local cluster cleanly; with <c>--purge</c> its data goes too.</summary>
internal static class DownCommand
{
    public static Command Create(Wiring wiring)
    {
        var purge = new Option<bool>("--purge") { Description = "delete its data too, after asking" };
        var force = new Option<bool>("--force") { Description = "end members by SIGKILL that don't end within 30 s" };
        var command = new Command("down", "stops a local cluster cleanly and keeps its data") { purge, force };
        command.SetAction(
            async (parsed, ct) =>
            {
                var targets = new TargetResolver(wiring);
                var host = targets.OpenLocal(parsed, "down");
                var purges = parsed.GetValue(purge);
                if (purges)
                {
                    new Confirmation(wiring.Terminal).Demand(
                        "down --purge",
                        $"Delete {host.Name} with all its data?",
                        parsed.GetValue(CommonOptions.Yes)
                    );
                }
                var report = purges
                    ? await host.EndAsync(ct)
                    : await host.StopAsync(LocalHost.DefaultStopDeadline, parsed.GetValue(force), ct);
                if (purges)
                {
                    await host.PurgeAsync(ct);
                }
                DownOutput.Print(wiring.Terminal, CommonOptions.FormatOf(parsed), host.Name, report, purges);
                return ExitCode.Done;
            }
        );
        return command;
    }
}
