using System.CommandLine;

namespace Slotwright.Commands;

/// <summary><c>slotwright local</c>: the clusters of this machine, and failures of their members to rehearse.</summary>
internal static class LocalCommand
{
    public static Command Create(Wiring wiring) =>
        new("local", "the clusters of this machine, and failures of their members to rehearse")
        {
            LocalListCommand.Create(wiring),
            LocalMembersCommand.Kill(wiring),
            LocalMembersCommand.Pause(wiring),
            LocalMembersCommand.Resume(wiring),
            LocalMembersCommand.Start(wiring),
            LocalRestartCommand.Create(wiring),
            LocalAgentCommand.Create(wiring),
        };
}
