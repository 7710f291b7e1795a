using System.CommandLine;
using Slotwright.Operations.Waves;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright preflight</c>: whether a rolling restart or an upgrade may begin.</summary>
internal static class PreflightCommand
{
    public static Command Create(Wiring wiring)
    {
        var valkey = new Option<string?>("--valkey")
        {
            Description = "the version of an upgrade (default: a restart at the version that runs)",
            HelpName = "VERSION",
        };
        var command = new Command("preflight", "exit 0 only if a rolling restart or an upgrade may begin") { valkey };
        command.SetAction(
            async (parsed, ct) =>
            {
                await using var session = new TargetResolver(wiring).Open(parsed);
                var host = RollingOptions.Host(session.Target, "preflight");
                var version = parsed.GetValue(valkey);
                var checks = await new Preflight(session, host).RunAsync(version, ct);
                PreflightOutput.Print(
                    wiring.Terminal,
                    CommonOptions.FormatOf(parsed),
                    host.Name,
                    version is null ? "a rolling restart" : $"an upgrade to {version}",
                    checks
                );
                return VerifyCommand.ExitCodeOf(checks);
            }
        );
        return command;
    }
}
