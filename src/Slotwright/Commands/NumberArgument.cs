using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Slotwright.Commands;

/// <summary>Options whose value is a whole number.</summary>
internal static class NumberArgument
{
    /// <param name="least">The smallest that can be used.</param>
    /// <param name="most">The largest that can be used.</param>
    public static Option<T> WithDefault<T>(string name, string description, T byDefault, T least, T most)
        where T : struct, IBinaryInteger<T> =>
        new(name)
        {
            Description = $"{description} (default: {byDefault})",
            HelpName = "N",
            CustomParser = result => Parse(result, name, least, most) ?? byDefault,
            DefaultValueFactory = _ => byDefault,
        };

    /// <summary>An option without a default: null where it is not given.</summary>
    /// <param name="least">The smallest that can be used.</param>
    /// <param name="most">The largest that can be used.</param>
    public static Option<T?> Optional<T>(string name, string description, T least, T most)
        where T : struct, IBinaryInteger<T> =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => Parse(result, name, least, most),
        };

    /// <summary>An option without a default, whose range is told where all that it depends on is known.</summary>
    public static Option<int?> Any(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                {
                    return number;
                }
                result.AddError($"{name}: '{text}' can't be used; use a whole number");
                return null;
            },
        };

    private static T? Parse<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, IBinaryInteger<T>
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (
            T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }
        result.AddError($"{name}: '{text}' can't be used; use a whole number, {least} to {most}");
        return null;
    }
}
