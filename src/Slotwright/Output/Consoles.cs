using Spectre.Console;

namespace Slotwright.Output;

/// <summary>A console over a writer: colours and live views on a terminal, plain text of any width elsewhere.</summary>
internal static class Consoles
{
    private const int PlainWidth = 10_000;

    public static IAnsiConsole Of(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            }
        );
        if (redirected)
        {
            console.Profile.Width = PlainWidth;
        }
        return console;
    }
}
