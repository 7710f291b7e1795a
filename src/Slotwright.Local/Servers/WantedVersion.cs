using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Slotwright.Local.Servers;

/// <summary>A version as people ask for it: 9.1 takes any patch level, 9.1.2 that one only.</summary>
public readonly record struct WantedVersion(int Major, int Minor, int? Patch = null)
{
    /// <summary>The place that problems name: an option or an argument may have held it.</summary>
    internal const string Where = "Valkey version";

    /// <summary>The version that a cluster gets where none is named.</summary>
    public static WantedVersion Default { get; } = new(9, 1);

    /// <summary>Major and minor alone: what the cache and Debian's suites go by.</summary>
    public WantedVersion Line => this with { Patch = null };

    public static bool TryParse([NotNullWhen(true)] string? text, out WantedVersion wanted)
    {
        wanted = default;
        var parts = (text ?? "").Split('.');
        if (parts.Length is not (2 or 3))
        {
            return false;
        }
        Span<int> numbers = stackalloc int[3];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return false;
            }
        }
        wanted = new WantedVersion(numbers[0], numbers[1], parts.Length == 3 ? numbers[2] : null);
        return true;
    }

    /// <summary>The line of a version: 9.1 of 9.1.2.</summary>
    public static WantedVersion LineOf(Version version) => new(version.Major, version.Minor);

    public bool Matches(Version version) =>
        version.Major == Major && version.Minor == Minor && (Patch is null || version.Build == Patch);

    public override string ToString() => Patch is null ? $"{Major}.{Minor}" : $"{Major}.{Minor}.{Patch}";
}
