using System.Collections.Immutable;
using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Local.Hosting;
using Slotwright.Output;
using Slotwright.Targets;

namespace Slotwright.Commands;

/// <summary><c>slotwright local kill|pause|resume|start</c>: one thing done to members, to all of them at once.</summary>
internal static class LocalMembersCommand
{
    public static Command Kill(Wiring wiring) =>
        Create(
            wiring,
            "kill",
            "ends members by SIGKILL, as a crash would; start brings them back",
            (h, m, ct) => h.KillAsync(m, ct)
        );

    public static Command Pause(Wiring wiring) =>
        Create(
            wiring,
            "pause",
            "stops members from running (SIGSTOP), as a hang would",
            (h, m, ct) => h.PauseAsync(m, ct)
        );

    public static Command Resume(Wiring wiring) =>
        Create(wiring, "resume", "lets paused members go on", (h, m, ct) => h.ResumeAsync(m, ct));

    public static Command Start(Wiring wiring) =>
        Create(
            wiring,
            "start",
            "starts members that do not run; ends when they answer",
            (h, m, ct) => h.StartMembersAsync([m], ct)
        );

    private static Command Create(
        Wiring wiring,
        string verb,
        string description,
        Func<LocalHost, string, CancellationToken, Task> action
    )
    {
        var members = new Argument<string[]>("MEMBER")
        {
            Description = "members: names, zone:ZONE, all; primaries, replicas, key:NAME, slot:N where nodes answer",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command(verb, description) { members };
        command.SetAction(
            async (parsed, ct) =>
            {
                var words = parsed.GetValue(members)!;
                var chosen = await LocalMembers.ChooseAsync(
                    new TargetResolver(wiring),
                    parsed,
                    $"local {verb}",
                    words,
                    ct
                );
                var failures = await DoAsync(chosen, action, ct);
                if (chosen.Chosen.Length == 1 && failures.Values.FirstOrDefault() is { } only)
                {
                    throw only;
                }
                LocalChangeOutput.Print(
                    wiring.Terminal,
                    CommonOptions.FormatOf(parsed),
                    await chosen.ChangeAsync(verb, name => Error(failures.GetValueOrDefault(name)), ct)
                );
                return failures.IsEmpty ? ExitCode.Done : ExitCode.Failed;
            }
        );
        return command;
    }

    private static string? Error(OperationFailedException? e) =>
        e?.Next is { } next ? $"{e.Message}; {next}" : e?.Message;

    private static async Task<ImmutableDictionary<string, OperationFailedException>> DoAsync(
        LocalMembers members,
        Func<LocalHost, string, CancellationToken, Task> action,
        CancellationToken ct
    )
    {
        var ends = await Task.WhenAll(members.Names.Select(async name => (name, Failure: await TryAsync(name))));
        return ends.Where(e => e.Failure is not null)
            .ToImmutableDictionary(e => e.name, e => e.Failure!, StringComparer.Ordinal);

        async Task<OperationFailedException?> TryAsync(string name)
        {
            try
            {
                await action(members.Host, name, ct);
                return null;
            }
            catch (OperationFailedException e)
            {
                return e;
            }
        }
    }
}
