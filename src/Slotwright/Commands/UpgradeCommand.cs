using System.CommandLine;
using Slotwright.Core.Failures;
using Slotwright.Core.Planning.Waves;

namespace Slotwright.Commands;

/// <summary><c>slotwright upgrade</c>: another version of Valkey, in waves that clients don't notice, with a way back.</summary>
internal static class UpgradeCommand
{
    private static readonly Option<string?> Valkey = new("--valkey")
    {
        Description = "the version that members are to run: 9.1 or 9.1.2; on this machine a path does as well",
        HelpName = "VERSION",
    };

    private static readonly Option<bool> Commit = new("--commit")
    {
        Description = "upgrades the replicas of the old version that were kept: there is no quick way back then",
    };

    private static readonly Option<bool> Rollback = new("--rollback")
    {
        Description = "goes back to the old version: members whose files it can't read copy everything",
    };

    public static Command Create(Wiring wiring)
    {
        var options = new RollingOptions();
        var command = new Command("upgrade", "brings members to another version of Valkey, in waves, with a way back")
        {
            Valkey,
            Commit,
            Rollback,
        };
        options.AddTo(command);
        command.SetAction(
            (parsed, ct) =>
            {
                var version = parsed.GetValue(Valkey);
                var kind = Kind(version, parsed.GetValue(Commit), parsed.GetValue(Rollback));
                return options.RunAsync(wiring, parsed, Name(kind), kind, version, ct);
            }
        );
        return command;
    }

    private static string Name(RollingKind kind) =>
        kind switch
        {
            RollingKind.Commit => "upgrade --commit",
            RollingKind.Rollback => "upgrade --rollback",
            _ => "upgrade",
        };

    private static RollingKind Kind(string? version, bool commits, bool rollsBack) =>
        (version, commits, rollsBack) switch
        {
            (_, true, true) => throw Bad("--commit and --rollback exclude each other", "give one of them"),
            (not null, true, _) => throw Bad(
                "--commit takes no version: it ends the upgrade that is open",
                "leave --valkey out"
            ),
            (_, true, _) => RollingKind.Commit,
            (_, _, true) => RollingKind.Rollback,
            (null, _, _) => throw Bad("it does not say what to do", "add --valkey VERSION, --commit or --rollback"),
            _ => RollingKind.Upgrade,
        };

    private static BadInputException Bad(string what, string remedy) => new(new Problem("upgrade", what, remedy));
}
