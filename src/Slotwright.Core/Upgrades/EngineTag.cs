using System.Globalization;

namespace Slotwright.Core.Upgrades;

/// <summary>The engine's version as the tag of its image says it: <c>9.1.0-bookworm</c> is 9.1.0.</summary>
/// <param name="Minor">Null where the tag leaves it open, as <c>9</c> does.</param>
/// <param name="Patch">Null where the tag leaves it open, as <c>9.1</c> does.</param>
public sealed record EngineTag(int Major, int? Minor, int? Patch)
{
    /// <summary>Versions of Valkey, and of nothing else that images are tagged with.</summary>
    private const int Least = 7;

    private const int Most = 99;

    /// <param name="tag">A digest may follow it.</param>
    /// <returns>Null where it does not say: <c>latest</c>, a digest, a version of something else.</returns>
    public static EngineTag? Parse(string tag)
    {
        var text = tag.Split('@')[0].TrimStart('v');
        var length = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var isFollowed = length < text.Length && text[length] is not ('-' or '_' or '+');
        var numbers = text[..length].Split('.');
        return
            !isFollowed
            && numbers.Length <= 3
            && numbers.All(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            && Number(0) is >= Least and <= Most and { } major
            ? new EngineTag(major, Number(1), Number(2))
            : null;

        int? Number(int at) => at < numbers.Length ? int.Parse(numbers[at], CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Not more than a patch lies between them.</summary>
    public bool IsOf(Version running) => Major == running.Major && (Minor is null || Minor == running.Minor);

    /// <summary>It is certainly older.</summary>
    public bool IsBelow(Version running) =>
        Major < running.Major || (Major == running.Major && Minor is { } minor && minor < running.Minor);

    /// <summary>The newest that it may mean, up to its minor version.</summary>
    public Version AtMost => new(Major, Minor ?? int.MaxValue);

    public override string ToString() =>
        string.Join(
            '.',
            new[] { Major, Minor, Patch }.OfType<int>().Select(n => n.ToString(CultureInfo.InvariantCulture))
        );
}
