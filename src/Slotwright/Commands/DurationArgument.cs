using System.CommandLine;
using System.CommandLine.Parsing;
using Slotwright.Core.Measures;

namespace Slotwright.Commands;

/// <summary>Options whose value is a duration: 500ms, 5s, 2m.</summary>
internal static class DurationArgument
{
    public const string HelpName = "DURATION";

    /// <param name="least">The shortest that can be used.</param>
    /// <param name="most">The longest that can be used.</param>
    public static Option<TimeSpan> Option(
        string name,
        string description,
        TimeSpan byDefault,
        TimeSpan least,
        TimeSpan most
    ) =>
        new(name)
        {
            Description = $"{description} (default: {Duration.Format(byDefault)})",
            HelpName = HelpName,
            CustomParser = result => Parse(result, least, most) ?? byDefault,
            DefaultValueFactory = _ => byDefault,
        };

    /// <summary>An option without a default: null where it is not given.</summary>
    public static Option<TimeSpan?> Optional(string name, string description, TimeSpan least, TimeSpan most) =>
        new(name)
        {
            Description = description,
            HelpName = HelpName,
            CustomParser = result => Parse(result, least, most),
        };

    private static TimeSpan? Parse(ArgumentResult result, TimeSpan least, TimeSpan most)
    {
        var name = (result.Parent as OptionResult)?.Option.Name ?? "the duration";
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (!Duration.TryParse(text, out var duration))
        {
            result.AddError($"{name}: '{text}' is no duration; write a number and its unit, such as 500ms, 5s or 2m");
            return null;
        }
        if (duration < least || duration > most)
        {
            result.AddError($"{name}: {text} can't be used; use {Duration.Format(least)} to {Duration.Format(most)}");
            return null;
        }
        return duration;
    }
}
