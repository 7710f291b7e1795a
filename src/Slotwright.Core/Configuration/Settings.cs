using System.Collections.Immutable;

namespace Slotwright.Core.Configuration;

/// <summary>Lines of valkey.conf in order, each name once.</summary>
public sealed record Settings(ImmutableArray<Setting> Lines)
{
    public static Settings Of(params ReadOnlySpan<Setting> lines) => new Settings([]).With(lines);

    public Settings With(Settings over) => With(over.Lines.AsSpan());

    /// <summary>Puts lines over these: a name that is here already keeps its place and takes the new arguments.</summary>
    public Settings With(params ReadOnlySpan<Setting> over)
    {
        var lines = Lines.ToBuilder();
        foreach (var setting in over)
        {
            var at = IndexOf(lines, setting.Name);
            if (at < 0)
            {
                lines.Add(setting);
            }
            else
            {
                lines[at] = setting;
            }
        }
        return new Settings(lines.ToImmutable());
    }

    /// <summary>The arguments of a setting; null where it is not among these.</summary>
    public string? Find(string name) => IndexOf(Lines, name) is >= 0 and var at ? Lines[at].Arguments : null;

    /// <summary>The text of a configuration file.</summary>
    public string Render() => string.Concat(Lines.Select(line => $"{line}\n"));

    private static int IndexOf(IReadOnlyList<Setting> lines, string name)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (string.Equals(lines[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }
        return -1;
    }
}
