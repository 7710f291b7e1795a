using Slotwright.Core.Configuration;

namespace Slotwright.Pod;

/// <summary>What the members are configured with, as far as a Job can tell: the chart's settings, then the user's lines.</summary>
internal static class JobSettings
{
    /// <param name="file">Where the release's ConfigMap is mounted; it need not be.</param>
    public static Settings Read(string file)
    {
        var settings = BaseSettings.All;
        if (!File.Exists(file))
        {
            return settings;
        }
        foreach (var line in File.ReadLines(file))
        {
            if (
                line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    is [var name, var arguments]
                && name[0] != '#'
            )
            {
                settings = settings.With(new Setting(name.ToLowerInvariant(), arguments.Trim('"', '\'')));
            }
        }
        return settings;
    }
}
