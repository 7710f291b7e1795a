using System.CommandLine;
using System.CommandLine.Help;

namespace Slotwright.Output;

/// <summary>A command's help: usage, arguments, its own options, those that every command has, its verbs.</summary>
internal static class HelpText
{
    private const int WidestText = 110;
    private const int LeastText = 40;
    private const int Indent = 2;

    /// <param name="width">Of the terminal, in characters.</param>
    public static IEnumerable<string> Of(Command command, int width)
    {
        var own = command.Options.Where(o => !o.Hidden && !o.Recursive).ToArray();
        var common = Common(command).ToArray();
        (string Title, (string, string)[] Rows)[] sections =
        [
            ("Arguments", [.. command.Arguments.Where(a => !a.Hidden).Select(a => (Label(a), Text(a)))]),
            ("Commands", [.. command.Subcommands.Where(c => !c.Hidden).Select(c => (Label(c), Text(c)))]),
            ("Options", [.. own.Select(o => (Label(o), Text(o)))]),
            ("Options of every command", [.. common.Select(o => (Label(o), Text(o)))]),
            .. command is RootCommand ? [("Exit codes", ExitCodes)] : Array.Empty<(string, (string, string)[])>(),
        ];
        var left = sections.SelectMany(s => s.Rows).Max(r => r.Item1.Length) + Indent + 2;
        var right = Math.Max(LeastText, Math.Min(width - 1, WidestText) - left);
        foreach (var line in Wrap(command.Description ?? "", left + right))
        {
            yield return line;
        }
        yield return "";
        yield return $"Usage: {Usage(command)}";
        foreach (var (title, rows) in sections.Where(s => s.Rows.Length > 0))
        {
            yield return "";
            yield return $"{title}:";
            foreach (var (label, text) in rows)
            {
                var lines = Wrap(text, right).ToArray();
                yield return $"{new string(' ', Indent)}{label}".PadRight(left) + lines[0];
                foreach (var line in lines[1..])
                {
                    yield return new string(' ', left) + line;
                }
            }
        }
    }

    /// <summary>slotwright local kill.</summary>
    public static string Path(Command command) =>
        command is RootCommand || command.Parents.OfType<Command>().FirstOrDefault() is not { } parent
            ? "slotwright"
            : $"{Path(parent)} {command.Name}";

    private static (string, string)[] ExitCodes =>
        [
            ($"{ExitCode.Done}", "done, or nothing to do"),
            ($"{ExitCode.Failed}", "failed, or a check could not be made"),
            ($"{ExitCode.Differences}", "there are differences or findings"),
            ($"{ExitCode.Refused}", "refused: not safe, not confirmed, or another operation is under way"),
            ($"{ExitCode.Usage}", "the command line can't be used"),
            ($"{ExitCode.Interrupted}", "interrupted"),
        ];

    private static string Usage(Command command) =>
        string.Join(
            ' ',
            [
                Path(command),
                .. command.Subcommands.Any(c => !c.Hidden) ? ["COMMAND"] : Array.Empty<string>(),
                "[OPTION...]",
                .. command.Arguments.Where(a => !a.Hidden).Select(Label),
            ]
        );

    /// <summary>Help stands on the root alone, and is recursive as the others.</summary>
    private static IEnumerable<Option> Common(Command command)
    {
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            foreach (var option in at.Options.Where(o => o.Recursive && !o.Hidden).OrderBy(o => o is HelpOption))
            {
                yield return option;
            }
        }
    }

    private static string Label(Command command) =>
        string.Join(' ', [command.Name, .. command.Arguments.Where(a => !a.Hidden).Select(Label)]);

    private static string Label(Argument argument)
    {
        var name = argument.HelpName ?? argument.Name;
        var many = argument.Arity.MaximumNumberOfValues > 1 ? "..." : "";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}{many}]" : $"{name}{many}";
    }

    private static string Label(Option option)
    {
        var names = option is HelpOption ? "-h, --help" : string.Join(", ", option.Aliases.Append(option.Name));
        return option.HelpName is { } value && option.Arity.MaximumNumberOfValues > 0 ? $"{names} {value}" : names;
    }

    private static string Text(Symbol symbol) =>
        symbol switch
        {
            HelpOption => "this text",
            VersionOption => "the program's version",
            _ => symbol.Description ?? "",
        };

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }
}
