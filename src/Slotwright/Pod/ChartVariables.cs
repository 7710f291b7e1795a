using System.Globalization;
using Slotwright.Core.Failures;

namespace Slotwright.Pod;

/// <summary>The chart's environment variables, read one by one; what can't be used is kept until all are read.</summary>
/// <param name="variable">An environment variable, or null.</param>
/// <param name="remedy">Of every problem.</param>
internal sealed class ChartVariables(Func<string, string?> variable, string remedy)
{
    public List<Problem> Problems { get; } = [];

    public PodPaths Paths { get; } = new(Path.TrimEndingDirectorySeparator(variable(PodPaths.RootVariable) ?? ""));

    /// <summary>Null where authentication is off.</summary>
    public string? PasswordFile => Find("SLOTWRIGHT_PASSWORD_FILE") is { } file ? Paths.At(file) : null;

    /// <returns>Null where it is not set, or empty.</returns>
    public string? Find(string name) => variable(name) is { Length: > 0 } text ? text : null;

    /// <returns>Empty where it is not set, which is a problem.</returns>
    public string Text(string name)
    {
        if (Find(name) is { } text)
        {
            return text;
        }
        Refuse(name, "is not set");
        return "";
    }

    /// <returns>Null where it is not set, or can't be used, which is a problem.</returns>
    public long? Number(string name, long least, long most)
    {
        if (Find(name) is not { } text)
        {
            return null;
        }
        if (
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }
        Refuse(name, $"'{text}' is not a whole number of {least} to {most}");
        return null;
    }

    public void Refuse(string name, string what) => Problems.Add(new Problem(name, what, remedy));
}
