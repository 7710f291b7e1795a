using System.CommandLine;
using System.Text;
using Slotwright.Commands;
using Slotwright.Core.Tests.Support;
using Slotwright.Output;
using Slotwright.Unit.Tests.Support;

namespace Slotwright.Unit.Tests.Docs;

/// <summary>docs/cli.md is what every command says of itself.</summary>
public sealed class CliReferenceTests
{
    private const string Common = "\nOptions of every command:\n";

    [Fact]
    public async Task The_reference_is_what_help_prints()
    {
        var page = new StringBuilder(
            """
            # Command line

            Made from what `--help` prints; `SLOTWRIGHT_UPDATE_GOLDEN=1 ./test unit --filter-class '*CliReference*'` makes it
            anew. The options of every command stand once, at the top. Durations are written `500ms`, `5s`, `2m`.


            """
        );
        var wiring = new Wiring(
            new FakeTerminal().Terminal,
            TimeProvider.System,
            new Random(1),
            new Dictionary<string, string>(StringComparer.Ordinal)
        );
        await AppendAsync(page, Root.Create(wiring));
        Golden.Check("../../../docs/cli.md", page.ToString());
    }

    private static async Task AppendAsync(StringBuilder page, Command command)
    {
        var path = HelpText.Path(command);
        var run = await TestProgram.RunAsync([.. path.Split(' ').Skip(1), "--help"]);
        Assert.Equal(0, run.ExitCode);
        var text = command is RootCommand ? run.Output : run.Output.Split(Common)[0];
        page.Append($"## {path}\n\n```\n{text.TrimEnd()}\n```\n");
        foreach (var verb in command.Subcommands.Where(c => !c.Hidden))
        {
            page.Append('\n');
            await AppendAsync(page, verb);
        }
    }
}
