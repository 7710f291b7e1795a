using System.CommandLine;

namespace Slotwright.Commands;

/// <summary>Options whose value is one of a few words.</summary>
internal static class WordArgument
{
    /// <param name="help">The words as help shows them: <c>a|b|c</c>.</param>
    public static Option<string> OneOf(string name, string help, string description, string byDefault, string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description} (default: {byDefault})",
            HelpName = help,
            DefaultValueFactory = _ => byDefault,
        };
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
