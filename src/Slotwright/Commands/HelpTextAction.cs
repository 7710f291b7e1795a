using System.CommandLine;
using System.CommandLine.Invocation;
using Slotwright.Output;

namespace Slotwright.Commands;

/// <summary><c>--help</c> of any command.</summary>
internal sealed class HelpTextAction(Terminal terminal) : SynchronousCommandLineAction
{
    /// <summary>Whoever asks for help need not have written the rest.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        foreach (var line in HelpText.Of(parseResult.CommandResult.Command, terminal.Document.Profile.Width))
        {
            terminal.Out.WriteLine(line);
        }
        return ExitCode.Done;
    }
}
