using System.CommandLine;
using Slotwright.Local.Servers;
using Slotwright.Output;

namespace Slotwright.Commands;

/// <summary><c>slotwright valkey</c>: the servers of this machine.</summary>
internal static class ValkeyCommand
{
    public static Command Create(Wiring wiring) =>
        new("valkey", "the Valkey servers of this machine: which there are, fetching one")
        {
            List(wiring),
            Install(wiring),
        };

    private static Command List(Wiring wiring)
    {
        var command = new Command("list", "servers on PATH and in the cache, and what can be fetched");
        command.SetAction(
            async (parsed, ct) =>
            {
                var servers = await Locator(wiring).ListAsync(ct);
                ValkeyOutput.PrintList(wiring.Terminal, CommonOptions.FormatOf(parsed), servers);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Install(Wiring wiring)
    {
        var version = new Argument<string>("VERSION") { Description = "9.1, 8.1, 8.0; or with its patch level" };
        var command = new Command(
            "install",
            "fetches a version from Debian's archive into the user's cache; nothing of the system is changed"
        )
        {
            version,
        };
        command.SetAction(
            async (parsed, ct) =>
            {
                var talk = new TalkProgress(wiring.Terminal);
                var server = await Locator(wiring).InstallAsync(parsed.GetValue(version)!, talk, ct);
                ValkeyOutput.PrintInstalled(wiring.Terminal, CommonOptions.FormatOf(parsed), server);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static ServerLocator Locator(Wiring wiring) =>
        new(ServerPlaces.FromEnvironment(name => wiring.Environment.GetValueOrDefault(name)), wiring.Time);
}
