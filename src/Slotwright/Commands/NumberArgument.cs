using System.CommandLine;
using System.Globalization;

namespace Slotwright.Commands;

/// <summary>Options whose value is a whole number.</summary>
internal static class NumberArgument
{
    /// <summary>An option without a default: null where it is not given.</summary>
    /// <param name="least">The smallest that can be used.</param>
    /// <param name="most">The largest that can be used.</param>
    public static Option<int?> Optional(string name, string description, int least, int most) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (
                    int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    && number >= least
                    && number <= most
                )
                {
                    return number;
                }
                result.AddError($"{name}: '{text}' can't be used; use a whole number, {least} to {most}");
                return null;
            },
        };
}
